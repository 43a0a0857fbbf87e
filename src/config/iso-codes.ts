// Without the names of countries in all languages, which the package's main file loads.
import countries from 'i18n-iso-countries/index.js';

/** ISO 4217, list one, as of 2024, including funds and metals. */
const CURRENCIES = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD ' +
    'CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ' +
    'ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES ' +
    'KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK ' +
    'MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD ' +
    'RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS ' +
    'TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG XAU XBA XBB XBC XBD ' +
    'XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA YER ZAR ZMW ZWG'
  ).split(' '),
);
const COUNTRIES = new Set(Object.keys(countries.getAlpha2Codes()));

/** Whether ISO 4217 lists the currency. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/** Whether ISO 3166-1 lists the country (alpha-2). */
export function isCountry(code: string): boolean {
  return COUNTRIES.has(code);
}
