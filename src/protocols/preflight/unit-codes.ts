/**
 * UN/CEFACT Recommendation 20 codes that carts have in practice, a few hundred of some two thousand, with the older package codes
 * that procurement systems still know, and SAP's PCE (OCI.md 3). A code that is missing here may be valid all the same.
 */
const COMMON = `
  EA H87 C62 PCE NAR NIU NPR NMP NPL NRL NPT PR DPR TPR SET KT KIT AS LO LS ACT E48 E51 E53 E54 IE
  DZN DZP GRO GGR CEN HC MIL SCO TP OP P3 P4 P5 P6 P7 P8 P9 HD T3 MIO BIL
  AE AM AV AY BA BB BE BG BJ BK BL BO BR BX CA CG CH CL CN CO CQ CR CS CT CV CX CY DC DR EV GB JG JR JU KG LR LN LK MX NT OZ PA PD PF PG PK PL PT PU PX QR RA RD RL RM RO SA SH SL SO SP SQ SR ST SV SW SX TB TC TK TN TU TY VI VO Z2 Z3
  KGM GRM MGM MC HGM DTN TNE KTN LBR ONZ APZ STI STN LTN CWI CWA GRN DRA DRI DWT CTM 58
  MTR CMT MMT DMT KMT HMT DMA DAM 4H C45 INH FOT YRD SMI NMI LF LM
  MTK CMK MMK DMK KMK HAR ARE ACR INK FTK YDK MIK DAA
  LTR MLT CLT DLT HLT MAL 4G MTQ CMQ DMQ MMQ INQ FTQ YDQ GLL GLI QTI QTL QTD PTI PTL PTD OZA OZI BLL BLD BUA BUI GIA GII R9 WCD
  SEC MIN HUR DAY WEE MON ANN QAN SAN DEC C26 B98 E49 LH MAH OT
  WTT KWT MAW C31 D90 KWH MWH WHR GWH JOU KJO 3B AMP 4K KAM VLT KVT 2Z VA D46 KVA MVA KVR OHM MHM B49 FAR 4O HEN D33 SIE COU CEL KEL FAH
  BAR MBR PAL KPA MPA HPA ATM HTZ KHZ MHZ A86 NEW B47 NU LUM LUX CDL BQL CUR BTU
  BIT A99 AD 2P 4L E34 E35 B17 B68 P1 59 GL GM KMQ 23 D41 KMH KNT MTS RPM C34 M4 DD D61 D97 2N 28 37 GO GP GQ
`;

const CODES: ReadonlySet<string> = new Set(COMMON.trim().split(/\s+/));

/** Recommendation 21 package codes as Recommendation 20 takes them in: X and two characters. */
const PACKAGE = /^X[A-Z0-9]{2}$/;
const CODE = /^[A-Z0-9]{2,3}$/;

/** `common`: a code that we know. `uncommon`: looks like one. `malformed`: cannot be one. */
export function unitKind(unit: string): 'common' | 'uncommon' | 'malformed' {
  if (CODES.has(unit) || PACKAGE.test(unit)) return 'common';
  return CODE.test(unit) ? 'uncommon' : 'malformed';
}
