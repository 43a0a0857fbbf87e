/** What InvoiceDetail.dtd 1.2.071 has otherwise than cXML.dtd. Notation: `content-models.ts`. */
export const INVOICE_DETAIL_1_2_071 = `
InvoiceDetailDiscount = (Money,Distribution*) ; percentageRate
InvoiceDetailHeaderIndicator = EMPTY ; isHeaderInvoice(yes) isVatRecoverable(yes) isPriceBasedLineLevelCreditMemo(yes)
InvoiceDetailItem = (UnitOfMeasure,UnitPrice,PriceBasisQuantity?,InvoiceDetailItemReference,ReceiptLineItemReference?,ShipNoticeLineItemReference?,(ServiceEntryItemReference|ServiceEntryItemIDInfo)?,ProductMovementItemIDInfo?,SubtotalAmount?,Tax?,InvoiceDetailLineSpecialHandling?,InvoiceDetailLineShipping?,ShipNoticeIDInfo?,GrossAmount?,InvoiceDetailDiscount?,InvoiceItemModifications?,TotalCharges?,TotalAllowances?,TotalAmountWithoutTax?,NetAmount?,Distribution*,Packaging*,InvoiceDetailItemIndustry?,Comments?,CustomsInfo?,Extrinsic*) ; invoiceLineNumber! quantity! referenceDate inspectionDate parentInvoiceLineNumber itemType(composite|item|lean) compositeItemType(groupLevel|itemLevel) reason(return) isAdHoc(yes)
InvoiceDetailItemReference = (ItemID?,Description?,Classification*,(ManufacturerPartID,ManufacturerName)?,Country?,SerialNumber*,SupplierBatchID?,InvoiceDetailItemReferenceIndustry?) ; lineNumber! serialNumber
InvoiceDetailLineIndicator = EMPTY ; isTaxInLine(yes) isSpecialHandlingInLine(yes) isShippingInLine(yes) isDiscountInLine(yes) isAccountingInLine(yes) isPriceAdjustmentInLine(yes)
InvoiceDetailOrder = (InvoiceDetailOrderInfo,InvoiceDetailReceiptInfo?,InvoiceDetailShipNoticeInfo?,(InvoiceDetailItem|InvoiceDetailServiceItem)+)
InvoiceDetailOrderInfo = ((OrderReference,(MasterAgreementReference|MasterAgreementIDInfo)?,SupplierOrderInfo?)|(MasterAgreementReference,OrderIDInfo?,SupplierOrderInfo?)|(MasterAgreementIDInfo,OrderIDInfo?,SupplierOrderInfo?)|(OrderIDInfo,SupplierOrderInfo?)|SupplierOrderInfo)
InvoiceDetailRequest = (InvoiceDetailRequestHeader,(InvoiceDetailOrder+|InvoiceDetailHeaderOrder+),InvoiceDetailSummary)
InvoiceDetailRequestHeader = (InvoiceDetailHeaderIndicator,InvoiceDetailLineIndicator,InvoicePartner*,DocumentReference?,InvoiceIDInfo?,PaymentProposalIDInfo?,InvoiceDetailShipping?,ShipNoticeIDInfo?,(InvoiceDetailPaymentTerm*|PaymentTerm*),PaymentInformation?,Period?,Comments?,IdReference*,Extrinsic*) ; invoiceID! isInformationOnly(yes) purpose(standard|creditMemo|debitMemo|lineLevelCreditMemo|lineLevelDebitMemo) operation(new|delete) invoiceDate! invoiceOrigin(supplier|buyer) isERS(yes)
InvoiceDetailShipping = (Contact,Contact+,(CarrierIdentifier+,ShipmentIdentifier+)?,DocumentReference?) ; shippingDate
InvoiceDetailSummary = (SubtotalAmount,Tax,SpecialHandlingAmount?,ShippingAmount?,GrossAmount?,InvoiceDetailDiscount?,InvoiceHeaderModifications?,InvoiceDetailSummaryLineItemModifications?,TotalCharges?,TotalAllowances?,TotalAmountWithoutTax?,NetAmount,DepositAmount?,DueAmount?,InvoiceDetailSummaryIndustry?)
InvoicePartner = (Contact,IdReference*)
Message = (Status?,(ProviderDoneMessage)) ; deploymentMode(production|test) inReplyTo Id:ID
Request = ((InvoiceDetailRequest|ProviderSetupRequest)) ; deploymentMode(production|test) Id:ID
Response = (Status,(ProviderSetupResponse)?) ; Id:ID
- CatalogName CatalogUploadRequest Inventory Notification Option OrganizationID ProductActivityDetails ProductActivityHeader ProductActivityMessage ProfileRequest ProfileResponse QuoteMessage QuoteMessageHeader StockOnHandQuantity Transaction
`;
