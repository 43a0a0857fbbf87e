/** What Fulfill.dtd 1.2.071 (confirmations, ship notices) has otherwise than cXML.dtd. Notation: `content-models.ts`. */
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
