import type { PlatformExplanations } from './explanation.js';

const SECONDARY = 'help pages of the vendor and published implementations; the platform itself was not tried';

export const ENGLISH_PLATFORMS: PlatformExplanations = {
  ariba: {
    meaning:
      'SAP Ariba refuses article numbers with ?, { or }, shows 128 characters of them, and takes descriptions of ' +
      '2,000 bytes (not characters: an umlaut counts twice). Its identities of the domain AribaNetworkUserId ' +
      'depend on letter case.',
    remedy:
      'Use cXML. Keep article numbers plain, and agree the classification codes: cXML requires one for each line.',
    basis: `Letter case of identities: cXML Reference Guide. The limits: ${SECONDARY}.`,
  },
  coupa: {
    meaning:
      'Coupa does not import a cart with a unit that it does not know: nothing arrives, and the buyer sees an error. ' +
      'Its requisition lines hold 255 characters of description and manufacturer. It opens carts to create and to ' +
      'inspect, never to edit.',
    remedy: 'Map every unit of the shop in units of the connection, and send a cart with each unit once as a test.',
    basis:
      `Units: ${SECONDARY}. Lengths: its API of requisition lines; what it does to longer carts is not documented. ` +
      'Operations: its help for suppliers. Its sample cart was read: two ManufacturerName, a malformed timestamp.',
  },
  jaggaer: {
    meaning:
      'JAGGAER takes 100 characters of article and manufacturer numbers, keeps 256 of a description, and turns ' +
      'an unknown unit into EA: a box is then ordered as one piece.',
    remedy: 'Map the units first: a wrong one is accepted without an error. The profile cuts descriptions.',
    basis: `All limits: ${SECONDARY}.`,
  },
  oracle: {
    meaning:
      'Oracle E-Business Suite takes only units and categories that are mapped there. Some of its releases, and ' +
      'of Oracle Fusion, fail with a null pointer on a cart without lines. A requisition line of Oracle Fusion holds ' +
      '240 characters of description.',
    remedy: 'Agree the lists of units and categories with the buyer, and do not let buyers send empty carts.',
    basis:
      `Units and empty carts: ${SECONDARY}. Which releases fail is not documented. Description: Oracle's list of ` +
      'tables (POR_REQUISITION_LINES_ALL); what it does to a longer one is not documented.',
  },
  dynamics365: {
    meaning:
      'Dynamics 365 sends call-ups without DOCTYPE, in its own order of elements and with a blank after the ' +
      'return URL; all of this is read. ShortName is an attribute there. A classification only goes into the text of ' +
      'the item; its categories come from the catalogue that the buyer sets up.',
    remedy:
      'Ask the buyer to set up the units and the currency of the shop. A line with a unit that Dynamics does not ' +
      'know has no unit: map it.',
    basis:
      'Call-up, classification, units to set up: documents published by Microsoft. What it does to unknown units is ' +
      'inferred.',
  },
  workday: {
    meaning:
      'What Workday does to a cart is not public: the generic rules for cXML apply. Its web services name units by ' +
      'UN/CEFACT codes, and a requisition line has a commodity code that leads to a spend category.',
    remedy: 'Send UN/CEFACT units, and agree the commodity codes with the buyer. Compare the first carts line by line.',
    basis:
      "Units and commodity codes: Workday's published web services. cXML: guides of marketplaces that Workday opens. " +
      'That punchout lines follow the same lists is inferred; limits of fields are not published.',
  },
  ivalua: {
    meaning:
      'What Ivalua does to a cart is not public: the generic rules for cXML apply. If the buyer uses OCI, choose ' +
      'generic-oci.',
    remedy:
      'Ask the buyer for protocol, units, classification and the lengths of their fields. Compare the first ' +
      'carts line by line.',
    basis: 'Nothing public was found. That Ivalua speaks cXML is inferred from its market; ask the buyer.',
  },
  proactis: {
    meaning:
      'What PROACTIS does to a cart is not public: the generic rules for cXML apply. If the buyer uses OCI, choose ' +
      'generic-oci.',
    remedy:
      'Ask the buyer for protocol, units, classification and the lengths of their fields. Compare the first ' +
      'carts line by line.',
    basis:
      'No document of the vendor was found. A connector for shops (InstaPunchout) lists PROACTIS among the platforms ' +
      'that it serves by cXML and OCI.',
  },
  'odoo-cxml': {
    meaning:
      'Odoo has no punchout of its own; this is the module "punchout" of the Odoo Community Association. It reads ' +
      'only the fields cxml-urlencoded and cXML-base64, loses a Description that begins with ShortName, ignores ' +
      'PriceBasisQuantity, and turns an unknown unit into "Units". It takes a cart for two hours, by its default.',
    remedy:
      'The profile sets the first two. Keep cxml.version at 1.2.014, so that the price of one piece is sent, and map ' +
      'the units. It opens new carts only, never edit or inspect; its Sender has the domain Networkid.',
    basis:
      'Read in the source of the module (pull requests 817, 937 and 1333 of OCA/edi; the last is for Odoo 18 and ' +
      'open). Not tried; other modules may differ.',
  },
  'odoo-oci': {
    meaning:
      'Odoo has no punchout of its own; this is the module "punchout_oci" of the Odoo Community Association. It ' +
      'calls up by GET, reads lines from index 1, needs a point in numbers, turns an unknown unit into "Units", ' +
      'and records an empty cart as an error.',
    remedy:
      'Map the units. The older module edi_punchout (Odoo 13) calls up by POST and ignores UNIT, PRICEUNIT and ' +
      'CURRENCY: a price for 100 pieces becomes the price of one. Check which of them the buyer has.',
    basis:
      'Read in the source of the modules (pull requests 720 and 1333 of OCA/edi; the last is for Odoo 18 and open). ' +
      'Not tried; other modules may differ.',
  },
  basware: {
    meaning:
      'Basware P2P takes OCI as an HTML form, with background search; cXML only in Basware Marketplace. It finds the ' +
      'category by the classification of a line, and uses a default category for lines without one. The buyer sets ' +
      'whether prices are net or gross, and whether the call-up is GET or POST.',
    remedy:
      'Have POST and net prices set. Give every article a classification. For Marketplace with cXML choose ' +
      'generic-cxml.',
    basis:
      'Knowledge base of Basware (articles BWKB0018306 and BWKB0017367, and "Manage external webshops"). Lengths and ' +
      'what happens to unknown units are not in what was read: there the generic rules for OCI apply.',
  },
  unite: {
    meaning:
      'Unite (Mercateo) opens a shop by OCI 3.0, only by GET and without background search, and only for its ' +
      'customers with exclusive suppliers, not for the public platform. The cart becomes a basket at Unite.',
    remedy:
      'The profile allows GET, so the password stands in the address: use one for Unite alone. Map the units, ' +
      'and send a cart with each unit once as a test.',
    basis:
      'Support page of Mercateo for suppliers ("Webshops per OCI PunchOut"). Lengths and units are not in it: the ' +
      'generic rules for OCI apply. Its limit of 29 characters for article numbers is published for catalogues only.',
  },
  'sap-oci4': {
    meaning:
      'SAP SRM by OCI 4.0: a line without a required field or with a unit that is no ISO code is not ' +
      'transferred, and over-long values are cut. The shop is told nothing; the user reads "Incomplete items in ' +
      'catalog".',
    remedy:
      'Look into the log SLG1, object BBP_OCI, at the buyer. Map all units, and keep VENDORMAT within 40 characters.',
    basis:
      'Field table and message texts of SAP, partly from copies. That values are cut: published implementations. ' +
      'That S/4HANA does the same is inferred.',
  },
  'generic-cxml': {
    meaning: 'Any procurement system with cXML. The cart is checked by rules that many of them share.',
    remedy: 'Choose the profile of the platform if there is one: its limits are known better.',
    basis:
      'The cXML Reference Guide and its DTDs. That many refuse unknown units is inferred from the platforms that ' +
      'are known.',
  },
  'generic-oci': {
    meaning: 'Any procurement system with OCI. Receivers report nothing: a wrong line is lost without a word.',
    remedy: 'Compare the first carts line by line at the buyer. Those written in PHP lose fields beyond 1,000.',
    basis:
      "SAP's field table. The limit of PHP is its usual setting (max_input_vars); whether a buyer has it is inferred.",
  },
};
