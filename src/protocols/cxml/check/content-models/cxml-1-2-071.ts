/** Differences of cXML 1.2.071 from 1.2.050. Notation: `content-models.ts`. */
export const CXML_1_2_071 = `
ItemOut = (ItemID,Path?,(ItemDetail|BlanketItemDetail)?,(SupplierID|SupplierList)?,ShipTo?,Shipping?,Tax?,SpendDetail?,Distribution*,Contact*,TermsOfDelivery?,Comments*,Indicator*,Tolerances?,ControlKeys?,ScheduleLine*,(MasterAgreementReference|MasterAgreementIDInfo)?,ItemOutIndustry?,Packaging*,ReleaseInfo?,Batch?) ; quantity! lineNumber requisitionID agreementItemNumber requestedDeliveryDate isAdHoc(yes) parentLineNumber itemType(composite|item|lean) requiresServiceEntry(yes) confirmationDueDate compositeItemType(groupLevel|itemLevel) itemClassification(material|service) itemCategory(materialUnknown|text|stockTransfer|materialGroup|subcontract|consignment|thirdParty|limit) subcontractingType(regular|refurbWithoutChange|refurbWithChange|replacement) stockTransferType(intra|inter) requestedShipmentDate isReturn(yes) returnAuthorizationNumber isDeliveryCompleted(yes) unlimitedDelivery(yes) isItemChanged(yes) isKanban(yes) stoDelivery(full|partial) stoOrderCombination(yes) stoFinalDelivery(yes) operation(delete|block)
ProductActivityHeader = (ProductActivityHeaderIndustry?) ; messageID! creationDate processType(SMI|OEM|VMI|3PL|ManufacturingVisibility|Forecast|Consignment|Sales|POC|Capacity|StockInventory|Other)
`;

/** Differences of Fulfill.dtd 1.2.071 (confirmations, ship notices) from cXML.dtd. Notation: `content-models.ts`. */
export const FULFILL_1_2_071 = `
ConfirmationHeader = (DocumentReference?,Total?,Shipping?,Tax?,Contact*,Hazard*,Comments*,IdReference*,Extrinsic*) ; confirmID operation(new|update) type(accept|allDetail|detail|backordered|except|reject|requestToPay|replace)! noticeDate! invoiceID incoTerms(cfr|cif|cip|cpt|daf|dap|ddp|ddu|dpu|deq|des|exw|fas|fca|fob) version
ConfirmationItem = (UnitOfMeasure,Contact*,Hazard*,ConfirmationStatus+) ; quantity! lineNumber! parentLineNumber itemType(composite|item|lean) compositeItemType(groupLevel|itemLevel)
ConfirmationRequest = (ConfirmationHeader,OrderReference,(OrderStatusRequestReference|OrderStatusRequestIDInfo)*,ConfirmationItem*)
ConfirmationStatus = (UnitOfMeasure,(ItemIn|(UnitPrice?,Tax?,Shipping?)),SupplierBatchID?,ScheduleLineReference?,ComponentConsumptionDetails*,Comments*,Extrinsic*) ; quantity! type(accept|allDetail|detail|backordered|reject|unknown|requestToPay)! shipmentDate deliveryDate
Message = (Status?,(ProductReplenishmentMessage)) ; deploymentMode(production|test) inReplyTo Id:ID
Request = ((ConfirmationRequest|ShipNoticeRequest|ServiceEntryRequest|CopyRequest|SalesOrderRequest|TimeCardInfoRequest|ReceiptRequest|OrderStatusRequest|TimeCardRequest|ComponentConsumptionRequest)) ; deploymentMode(production|test) Id:ID
Response = (Status) ; Id:ID
ShipControl = (CarrierIdentifier+,ShipmentIdentifier+,PackageIdentification?,(Route|TransportInformation)*,Contact*,Comments*,Extrinsic*) ; startDate
ShipNoticeHeader = (ServiceLevel*,DocumentReference?,Contact*,LegalEntity?,OrganizationalUnit*,Hazard*,Comments*,TermsOfDelivery?,TermsOfTransport*,Packaging?,Extrinsic*,IdReference*,ReferenceDocumentInfo*) ; shipmentID! operation(new|update|delete) noticeDate! shipmentDate deliveryDate shipmentType(actual|planned) fulfillmentType(partial|complete) requestedDeliveryDate reason(return) activityStepType(stockTransfer|stockShippingAdvice)
ShipNoticePortion = (OrderReference,(MasterAgreementReference|MasterAgreementIDInfo)?,Contact*,Comments*,Extrinsic*,ShipNoticeItem*,ReferenceDocumentInfo*)
ShipNoticeRequest = (ShipNoticeHeader,ShipControl*,ShipNoticePortion*)
- CatalogName CatalogUploadRequest Notification Option OrganizationID ProductActivityDetails ProductActivityHeader ProductActivityMessage ProfileRequest ProfileResponse QuoteMessage QuoteMessageHeader Transaction
`;

/** Differences of InvoiceDetail.dtd 1.2.071 from cXML.dtd. Notation: `content-models.ts`. */
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
