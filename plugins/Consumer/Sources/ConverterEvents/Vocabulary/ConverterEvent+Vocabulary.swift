import Foundation
public import ModuleKit

extension ConverterMessage: MessageVocabulary {}

extension ConverterQuery: QueryVocabulary {
    /// What a converter answers.
    public typealias Answer = ConverterAnswer
}

extension ConverterEvent: EventVocabulary {
    /// Every kind of event.
    ///
    /// An unstake can be vetoed: virtual staking that can't let go of its part keeps the pledge. What the provider has
    /// done already can't: a burn, the end of the pairing, the fate of a packet; nor that a pledge goes back.
    public static let kinds = [
        EventKind(1, "configured"),
        EventKind(2, "channel_answered"),
        EventKind(3, "channel_opened"),
        EventKind(4, "staked"),
        EventKind(5, "unstaked"),
        EventKind(6, "burned", delivery: .final),
        EventKind(7, "handed_back", delivery: .final),
        EventKind(8, "closed", delivery: .final),
        EventKind(9, "hand_back_started", delivery: .final),
        EventKind(10, "hand_back_stopped", delivery: .final),
        EventKind(11, "validators_touched", delivery: .final),
        EventKind(12, "validators_announced"),
        EventKind(13, "notice_acknowledged", delivery: .final),
        EventKind(14, "notice_returned", delivery: .final),
        EventKind(15, "notice_resent"),
        EventKind(16, "pledges_dropped", delivery: .final),
        EventKind(17, "record_imported"),
        EventKind(18, "price_noted"),
        EventKind(30, "rewards_collected"),
        EventKind(31, "batch_sent"),
        EventKind(32, "batch_settled", delivery: .final),
        EventKind(33, "batch_returned", delivery: .final),
        EventKind(34, "rewards_paid"),
        EventKind(35, "payment_refused", delivery: .final),
        EventKind(36, "payments_forgotten", delivery: .final),
        EventKind(37, "rewards_paused", delivery: .final),
        EventKind(38, "rewards_given"),
        EventKind(39, "batches_dissolved", delivery: .final),
        EventKind(40, "rewards_exchanged", delivery: .final),
    ]

    /// The description of `converter.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: converterDescriptorSetBase64) ?? Data())
}

extension ConverterSettings: StateValue {}
extension ConverterChannel: StateValue {}
extension ConverterNotice: StateValue {}
extension ConverterPrice: StateValue {}
extension ConverterSlashNote: StateValue {}
extension ConverterRewardTotals: StateValue {}
extension ConverterBatch: StateValue {}
extension ConverterBatchProgress: StateValue {}
extension ConverterSuspension: StateValue {}
extension ConverterPayment: StateValue {}

/// The name of the module that these are the words of.
public let converterModuleName = "converter"
