import type { BuyerTexts } from './buyer-texts.js';

const RECOMMENCER = 'Veuillez ouvrir de nouveau la boutique depuis votre système d’achat.';
const PREVENIR = 'Veuillez prévenir les responsables de votre système d’achat et leur donner le code ci-dessous.';
const REESSAYER = 'Veuillez réessayer dans une minute.';

export const FRENCH: BuyerTexts = {
  transfer: {
    title: 'Votre panier est en route',
    text: 'Nous le transmettons à {host}, où vous pourrez poursuivre votre commande.',
    items: 'Quantité',
    total: 'Total HT',
    target: 'Destination',
    fallback: 'Si rien ne se passe au bout de quelques secondes, appuyez sur le bouton.',
    button: 'Transférer le panier maintenant',
  },
  unchanged: {
    title: 'Vous êtes sur le chemin du retour',
    text: 'Nous vous ramenons à {host}. Rien n’y change.',
    target: 'Destination',
    fallback: 'Si rien ne se passe au bout de quelques secondes, appuyez sur le bouton.',
    button: 'Revenir maintenant',
  },
  cancel: 'Retour à la boutique',
  reference: 'Référence',
  confirm: {
    logout: {
      title: 'Terminer cette session d’achat ?',
      text: 'Une autre page nous demande de terminer votre session. Votre panier sera abandonné.',
      button: 'Terminer la session',
    },
    transfer: {
      title: 'Transférer votre panier ?',
      text:
        'Une autre page nous demande de remettre votre panier à votre système d’achat. Ensuite, il ne pourra plus ' +
        'être modifié ici.',
      button: 'Transférer le panier',
    },
    emptied: {
      title: 'Renvoyer un panier vide ?',
      text:
        'Vous avez retiré tous les articles. Si vous transférez le panier vide, ces lignes seront aussi supprimées ' +
        'dans votre système d’achat.',
      button: 'Supprimer les lignes',
    },
  },
  continueLogin: {
    title: 'Bienvenue dans la boutique',
    text:
      'Votre système d’achat vous envoie ici pour remplir un panier. Votre session commence lorsque vous appuyez sur ' +
      'le bouton.',
    button: 'Commencer les achats',
  },
  cookiesRefused: {
    title: 'Votre navigateur ne garde pas de cookies ici',
    text:
      'La boutique a besoin d’un cookie pour retrouver votre panier, et votre navigateur l’a refusé, sans doute ' +
      'parce que cette page est affichée dans une autre.',
    next: 'Une fenêtre séparée suffit en général. Votre panier revient tout de même dans votre système d’achat.',
    button: 'Ouvrir la boutique dans une nouvelle fenêtre',
  },
  conflict: {
    title: 'Vous avez déjà des achats en cours',
    text:
      'Une autre session de punchout est ouverte dans ce navigateur. Un navigateur ne peut remplir qu’un panier à la ' +
      'fois.',
    next: 'Si vous continuez, cette session se termine et son panier est abandonné.',
    button: 'Terminer cette session et continuer',
    keep: 'Garder cette session',
  },
  redirect: {
    title: 'Redirection vers la boutique...',
    text: 'La boutique s’ouvre dans un instant.',
    link: 'Ouvrir la boutique',
  },
  restored: {
    title: 'Votre panier n’est plus tout à fait le même',
    text: 'Depuis votre dernier transfert de ce panier, la boutique a changé :',
    link: 'Voir le panier',
  },
  differences: {
    gone: '{article} n’est plus dans la boutique et a été omis.',
    sold_out: '{article} est épuisé et a été omis.',
    invalid: '{article} ne peut pas être acheté dans la quantité {requested} et a été omis.',
    quantity_changed: '{article} : la quantité est maintenant {got} au lieu de {requested}.',
    price_changed: '{article} : une unité coûte maintenant {now} au lieu de {claimed}.',
    discount_gone: 'Le code de réduction {article} n’a plus d’effet sur ce panier.',
  },
  restoring: {
    title: 'Votre panier se remplit',
    text: 'Nous y remettons ses {count} lignes. Cette page continue d’elle-même dès qu’elles y sont.',
    link: 'Vérifier de nouveau',
  },
  changed: {
    title: 'Votre panier a changé',
    byShop: 'La boutique a modifié votre panier. Rien n’a encore été envoyé.',
    again: 'Votre panier n’est plus celui qui vous a été montré. Rien n’a encore été envoyé.',
    left: 'Ce qu’il contient encore :',
    items: 'Articles',
    total: 'Total HT',
    nothing: 'Il ne reste rien dans le panier.',
    button: 'Envoyer le panier tel qu’il est maintenant',
    link: 'Retour au panier',
  },
  notices: {
    line_dropped: '{article} n’est plus dans votre panier.',
    quantity_changed: '{article} : la quantité n’est plus celle que vous avez choisie.',
    discount_dropped: '{article} : cette réduction ne s’applique plus.',
  },
  ended: {
    title: 'Il n’y a pas de session de punchout ici',
    text: 'Votre session est terminée. Un panier qui n’a pas été transféré avant est abandonné.',
    next: 'Pour reprendre vos achats, partez de votre système d’achat.',
    link: 'Vers la boutique',
  },
  sent: {
    title: 'Votre panier a été transféré',
    text: 'Votre panier a été remis à votre système d’achat. Votre session est donc terminée.',
    next: 'S’il n’y est pas arrivé, envoyez-le de nouveau.',
    button: 'Envoyer de nouveau le panier',
  },
  hits: {
    title: 'Résultats de la recherche',
    none: 'La boutique n’a rien qui corresponde.',
    text: 'Articles de la boutique qui correspondent : {count}.',
    button: 'Tout reprendre',
  },
  errors: {
    /** SESSION_EXPIRED before the first login. */
    LINK_NOT_USED: {
      title: 'Ce lien de départ a expiré',
      text: 'Le lien n’a pas été utilisé à temps ; il n’a jamais ouvert la boutique.',
      hint: 'Demandez-en un nouveau à votre système d’achat : ouvrez de nouveau la boutique depuis celui-ci.',
    },
    INTERNAL_ERROR: {
      title: 'Une erreur s’est produite',
      text: 'L’erreur vient de nous, et elle est dans notre journal.',
      hint: 'Veuillez réessayer dans un instant. Si cela se reproduit, donnez-nous la référence ci-dessous.',
    },
    INVALID_CREDENTIALS: {
      title: 'La boutique n’a pas accepté les données d’accès',
      text: 'Le nom d’utilisateur ou le mot de passe de votre système d’achat ne sont pas ceux que nous connaissons.',
      hint: PREVENIR,
    },
    INVALID_REQUEST: {
      title: 'La boutique n’a pas compris la demande',
      text: 'Une donnée que votre système d’achat doit envoyer manque ou est mal formée.',
      hint: PREVENIR,
    },
    RETURN_URL_REFUSED: {
      title: 'L’adresse de retour n’est pas convenue',
      text: 'Votre système d’achat attend le panier à une adresse qui n’est pas sur notre liste.',
      hint: PREVENIR,
    },
    OPERATION_NOT_SUPPORTED: {
      title: 'La boutique ne sait pas le faire',
      text: 'Votre système d’achat demande quelque chose que cette boutique n’offre pas.',
      hint: PREVENIR,
    },
    OPERATION_NOT_ALLOWED: {
      title: 'Cela n’est pas convenu',
      text: 'Votre système d’achat veut ouvrir un panier précédent d’une manière non convenue avec la boutique.',
      hint: PREVENIR,
    },
    ADDRESS_NOT_ALLOWED: {
      title: 'La boutique n’est pas accessible d’ici',
      text: 'Les données d’accès de votre système d’achat ne peuvent pas être utilisées depuis ce réseau.',
      hint: PREVENIR,
    },
    SHIP_TO_UNKNOWN: {
      title: 'La boutique ne connaît pas cette adresse de livraison',
      text: 'Votre système d’achat a indiqué une adresse de livraison qui n’a pas encore de client dans la boutique.',
      hint: PREVENIR,
    },
    RATE_LIMITED: {
      title: 'Trop de demandes',
      text: 'La boutique a été appelée trop souvent en peu de temps.',
      hint: REESSAYER,
    },
    REQUEST_TOO_LARGE: {
      title: 'C’était trop à la fois',
      text: 'La demande est plus grande que ce que la boutique accepte.',
      hint: PREVENIR,
    },
    GET_NOT_ALLOWED: {
      title: 'La boutique doit être appelée autrement',
      text:
        'Votre système d’achat a envoyé ses données d’accès dans l’adresse. Nous ne les acceptons que dans un ' +
        'formulaire (POST).',
      hint: PREVENIR,
    },
    TRANSMISSION_NOT_FOUND: {
      title: 'Nous ne connaissons pas cette session',
      text: 'L’adresse est incomplète, ou la session est terminée depuis longtemps.',
      hint: RECOMMENCER,
    },
    START_TOKEN_INVALID: {
      title: 'Ce lien de départ n’est pas valable',
      text: 'Il est incomplet ou a été modifié en chemin.',
      hint: RECOMMENCER,
    },
    START_LINK_USED: {
      title: 'Ce lien de départ a déjà été utilisé',
      text:
        'Chaque lien ouvre la boutique une fois, dans un navigateur. Quelqu’un, peut-être vous, l’a ouvert dans un ' +
        'autre.',
      hint: RECOMMENCER,
    },
    SESSION_ACTIVE: {
      title: 'Vous avez déjà des achats en cours',
      text: 'Une autre session de punchout est ouverte dans ce navigateur.',
      hint: 'Menez-la à bien ou terminez-la, puis ouvrez de nouveau la boutique.',
    },
    SESSION_CANCELLED: { title: 'Cette session a été annulée', text: 'Rien n’a été transféré.', hint: RECOMMENCER },
    SESSION_CLOSED: { title: 'Cette session est terminée', text: 'Rien n’a été transféré.', hint: RECOMMENCER },
    SESSION_TRANSFERRED: {
      title: 'Ce panier a déjà été transféré',
      text: 'Vous le trouverez dans votre système d’achat.',
      hint: 'Pour commander davantage, ouvrez de nouveau la boutique depuis celui-ci.',
    },
    ORDER_CREATED: {
      title: 'Ce panier a déjà été commandé',
      text: 'La commande correspondante nous est parvenue.',
      hint: 'Pour commander davantage, ouvrez de nouveau la boutique depuis votre système d’achat.',
    },
    SESSION_EXPIRED: {
      title: 'Cette session a expiré',
      text: 'Pendant un certain temps, rien ne s’est passé ; nous l’avons donc fermée.',
      hint: RECOMMENCER,
    },
    NO_SESSION: {
      title: 'Vous n’achetez pas pour un système d’achat',
      text: 'Aucune session de punchout n’est active dans ce navigateur.',
      hint: RECOMMENCER,
    },
    ROUTE_BLOCKED: {
      title: 'Pas pendant un punchout',
      text: 'Vous commandez dans votre système d’achat ; la caisse et le compte sont donc fermés ici.',
      hint: 'Revenez à votre panier et transférez-le.',
    },
    COOKIES_REFUSED: {
      title: 'Votre navigateur ne garde pas de cookies ici',
      text: 'Sans cookie, la boutique ne peut pas retrouver votre panier.',
      hint: 'Autorisez les cookies pour cette boutique, ou ouvrez-la dans une fenêtre séparée.',
    },
    CART_EMPTY: {
      title: 'Votre panier est vide',
      text: 'Il n’y a encore rien à transférer.',
      hint: 'Mettez d’abord quelque chose dans le panier.',
    },
    CART_CHANGED: {
      title: 'Votre panier a changé',
      text: 'La boutique a modifié votre panier. Rien n’a encore été envoyé.',
      hint: 'Revenez au panier, regardez-le et envoyez-le de nouveau.',
    },
    CART_CHANGING: {
      title: 'Votre panier est encore en cours de modification',
      text: 'Une modification et le transfert se sont croisés. Rien n’est perdu.',
      hint: 'Veuillez réessayer.',
    },
    CART_NOT_ENCODABLE: {
      title: 'Le panier ne peut pas être transféré tel quel',
      text: 'Votre système d’achat ne pourrait pas lire une de ses lignes. Le panier est toujours là.',
      hint: 'Retirez cette ligne, ou donnez-nous le code ci-dessous.',
    },
    READ_ONLY_SESSION: {
      title: 'Vous pouvez regarder, mais pas modifier',
      text: 'Votre système d’achat a ouvert ce panier en consultation seulement.',
      hint: 'Pour le modifier, ouvrez-le là-bas en modification.',
    },
    STORE_UNAVAILABLE: { title: 'La boutique ne répond pas', text: 'Votre panier est conservé.', hint: REESSAYER },
    STORE_SESSION_LOST: {
      title: 'La boutique a terminé cette session',
      text:
        'Rien ne s’est passé pendant trop longtemps, et la boutique n’a plus ce panier. Ce qui a été envoyé avant ' +
        'est conservé.',
      hint: RECOMMENCER,
    },
    SERVICE_UNAVAILABLE: {
      title: 'Nous revenons tout de suite',
      text: 'Une partie du service ne répond pas en ce moment. Votre panier est conservé.',
      hint: REESSAYER,
    },
    NOT_FOUND: {
      title: 'Il n’y a rien ici',
      text: 'Cette adresse ne mène nulle part.',
      hint: 'Vérifiez-la, ou revenez en arrière.',
    },
    METHOD_NOT_ALLOWED: {
      title: 'Cela ne fonctionne pas ici',
      text: 'Cette adresse n’accepte pas ce genre de demande.',
      hint: 'Revenez en arrière et réessayez.',
    },
  },
};
