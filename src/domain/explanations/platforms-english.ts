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
      'Coupa does not import a cart with a unit that it does not know: nothing arrives, and the buyer sees an error.',
    remedy: 'Map every unit of the shop in units of the connection, and send a cart with each unit once as a test.',
    basis:
      `Units: ${SECONDARY}. ` +
      'Its published sample cart was read: two ManufacturerName and a malformed timestamp are in it.',
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
      'of Oracle Fusion, fail with a null pointer on a cart without lines.',
    remedy: 'Agree the lists of units and categories with the buyer, and do not let buyers send empty carts.',
    basis: `Both: ${SECONDARY}. Which releases fail is not documented.`,
  },
  dynamics365: {
    meaning:
      'Dynamics 365 sends call-ups without DOCTYPE, in its own order of elements and with a blank after the ' +
      'return URL; all of this is read. ShortName is an attribute there.',
    remedy: 'Nothing to set. A line with a unit that Dynamics does not know has no unit: map it.',
    basis: 'Its call-up: documents published by Microsoft. What it does to unknown units is inferred.',
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
