import Foundation
public import ModuleKit

extension TransferMessage: MessageVocabulary {}

extension TransferQuery: QueryVocabulary {
    /// What a transfer module answers.
    public typealias Answer = TransferAnswer
}

extension TransferEvent: EventVocabulary {
    /// Every kind of event. Creating vouchers needs a grant. What became of a transfer is final: nobody who hears of it can
    /// undo it.
    public static let kinds = [
        EventKind(1, "configured"),
        EventKind(2, "channel_answered"),
        EventKind(3, "escrow_declared"),
        EventKind(4, "trace_recorded"),
        EventKind(5, "tokens_escrowed"),
        EventKind(6, "tokens_released"),
        EventKind(7, "voucher_minted", privilege: .transferMintVouchers),
        EventKind(8, "voucher_burned"),
        EventKind(9, "sent"),
        EventKind(10, "received"),
        EventKind(11, "delivered", delivery: .final),
        EventKind(12, "refunded", delivery: .final),
        EventKind(13, "hook_called"),
        EventKind(14, "hook_answered"),
        EventKind(15, "escrow_imported"),
        EventKind(16, "refund_owed", delivery: .final),
        EventKind(17, "order_imported"),
    ]

    /// The description of `transfer.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: transferDescriptorSetBase64) ?? Data())
}

extension Privilege {
    /// The right of a transfer module to create vouchers of other chains' tokens.
    public static let transferMintVouchers = Privilege("transfer/mint-vouchers")
}

extension TransferSettings: StateValue {}
extension TransferTrace: StateValue {}
extension TransferOwedRefund: StateValue {}
extension TransferParcelOrder: StateValue {}
