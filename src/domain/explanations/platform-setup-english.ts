import type { PlatformSetups } from './explanation.js';

const SAME_CXML =
  'The same for every platform with cXML (cXML Reference Guide). Where this platform asks for them is not public.';

const CXML_STEPS = [
  'Enter the punchout address where the system asks for the PunchOut URL or the URL of the supplier.',
  "Enter the buyer's domain and identity for From and Sender, and the supplier's for To.",
  'Enter the secret as SharedSecret, sometimes called password.',
] as const;

export const ENGLISH_SETUPS: PlatformSetups = {
  ariba: {
    steps: [
      'The supplier enters the values, not the buyer: sign in to SAP Business Network (service.ariba.com) as supplier.',
      'In the settings of the network open "Configure cXML Integration".',
      'Enter the punchout address as PunchOut URL, and the secret as shared secret.',
      'The identities are the network ids of both sides. They begin with AN.',
    ],
    basis: 'Documentation of another connector for shops (PunchCommerce). The names of menus may have changed.',
  },
  coupa: {
    steps: [
      'Fill in the "cXML Supplier Questionnaire" of Coupa and give it to the buyer, who sets up the punchout.',
      'It needs the punchout address, domain and identity of both sides (usually DUNS or NetworkID), and the secret.',
      'Add a logo of 150 x 50 pixels, JPG or PNG: it is the link in Coupa.',
      'Give two sets of values, one for test and one for production.',
    ],
    basis: "Coupa's help for suppliers, Punchout Catalogs.",
  },
  jaggaer: { steps: CXML_STEPS, basis: SAME_CXML },
  oracle: {
    steps: [
      'Oracle Fusion: in the work area Catalogs open "Manage Catalogs", and create a punchout catalog with ' +
        'the source "Direct cXML supplier punchout".',
      'In "Punchout Definition" enter name and id of the supplier as the cXML document will name them, and a default ' +
        'category.',
      'Oracle iProcurement: enter domain and id of the purchasing company, the supplier id, the punchout address as ' +
        'punchout URL, and the secret as password.',
    ],
    basis:
      "Oracle's help on punchout catalogs, read in part; for iProcurement the documentation of another connector for " +
      'shops (PunchCommerce).',
  },
  dynamics365: {
    steps: [
      'On the page "External catalogs" create a catalog, choose the vendor, and add procurement categories.',
      'In "Message format" fill in From and Sender (the buyer), To (the supplier), SharedSecret, the ' +
        'punchout address as URL of SupplierSetup, and deploymentMode.',
      'Set up the units and the currency that the shop uses.',
      'Run "Validate settings": the shop must open. Then choose "Activate catalog".',
    ],
    basis: 'Microsoft Learn, "Set up an external catalog for PunchOut e-procurement".',
  },
  workday: { steps: CXML_STEPS, basis: SAME_CXML },
  ivalua: { steps: CXML_STEPS, basis: SAME_CXML },
  proactis: { steps: CXML_STEPS, basis: SAME_CXML },
  'odoo-cxml': {
    steps: [
      'In Settings, Technical, PunchOut, "PunchOut Backends" create a backend with the protocol cXML.',
      'Enter the punchout address as URL, domains and identities of From and To, and the secret as shared secret.',
      'As "Browser form post URL" enter /punchout/cxml/receive/.',
      'Add mappings for units that Odoo does not know, and set the backend to Open.',
    ],
    basis: 'Readme and source of the module "punchout" (OCA/edi, pull request 1333).',
  },
  'odoo-oci': {
    steps: [
      'In Settings, Technical, PunchOut, "PunchOut Backends" create a backend with the protocol OCI.',
      'Enter the catalog address as URL, and as vendor-specific parameters username=...&password=... with the values.',
      'As "Browser form post URL" enter /punchout/oci/receive/.',
      'Add mappings for units that Odoo does not know, and set the backend to Open.',
    ],
    basis: 'Readme and source of the modules "punchout" and "punchout_oci" (OCA/edi, pull request 1333).',
  },
  basware: {
    steps: [
      'In Data management, Purchasing, "External webshops" choose Create. It needs the right "Manage external ' +
        'webshops".',
      'Enter the catalog address as URL, user name and password. Choose HTTP method Post and price type Net.',
      'Choose a default category, and the supplier for carts without a DUNS number.',
      'With the Integrated Shopping Experience switched on, the webshop must be created in Basware Marketplace.',
    ],
    basis: 'Knowledge base of Basware ("Manage external webshops" and BWKB0018306).',
  },
  unite: {
    steps: [
      'The buyer sends a master data sheet for suppliers, as an Excel file. Fill it in, with the technical details.',
      'Give the catalog address as one URL that has user name and password as parameters.',
      'Send the sheet back to the buyer. They have Unite set up the connection, which tests it with them.',
    ],
    basis: 'Support page of Mercateo for suppliers ("Webshops per OCI PunchOut").',
  },
  'sap-oci4': {
    steps: [
      'SAP SRM: in SPRO, SAP Supplier Relationship Management, SRM Server, Master Data, Content Management open ' +
        '"Define External Web Services".',
      'In the call structure enter the catalog address as URL, then USERNAME and PASSWORD as fixed values.',
      'Add HOOK_URL as return URL without a value; SAP fills it in.',
      'Add ~OkCode with ADDI, ~TARGET with _top and ~CALLER with CTLG.',
    ],
    basis:
      'Published articles on OCI 4.0 in SRM 7.0, and the description of these fields by another catalogue ' +
      '(catalog360).',
  },
  'generic-cxml': { steps: CXML_STEPS, basis: 'The cXML Reference Guide. Each platform has its own names for these.' },
  'generic-oci': {
    steps: [
      'Enter the catalog address as URL of the catalogue, and POST as its method.',
      'Enter USERNAME and PASSWORD as parameters with fixed values.',
      'Name the return address HOOK_URL; the system fills it in.',
    ],
    basis: "SAP's Open Catalog Interface. Each platform has its own names for these.",
  },
};
