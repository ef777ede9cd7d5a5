import Foundation
public import ModuleKit

extension VaultMessage: MessageVocabulary {}

extension VaultQuery: QueryVocabulary {
    /// What a vault answers.
    public typealias Answer = VaultAnswer
}

extension VaultEvent: EventVocabulary {
    /// Every kind of event. A slash and the cuts that follow from it are final: nobody who hears of them can stop them.
    public static let kinds = [
        EventKind(1, "configured"),
        EventKind(2, "bonded"),
        EventKind(3, "unbonded"),
        EventKind(4, "lien_requested"),
        EventKind(5, "lien_accepted"),
        EventKind(6, "lien_committed"),
        EventKind(7, "lien_rolled_back"),
        EventKind(8, "lien_released"),
        EventKind(9, "slashed", delivery: .final),
        EventKind(10, "lien_cut", delivery: .final),
        EventKind(11, "cut_settled"),
        EventKind(12, "collateral_burned"),
        EventKind(13, "account_imported"),
        EventKind(14, "transactions_imported"),
        EventKind(30, "bounty_paid"),
        EventKind(31, "bounty_forfeited"),
    ]

    /// The description of `vault.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: vaultDescriptorSetBase64) ?? Data())
}

extension VaultSettings: StateValue {}
extension VaultStoredAccount: StateValue {}
extension VaultHolder: StateValue {}
extension VaultOpenRequests: StateValue {}
