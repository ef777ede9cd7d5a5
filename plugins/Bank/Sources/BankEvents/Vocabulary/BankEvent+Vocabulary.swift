internal import Foundation
public import ModuleKit

extension BankMessage: MessageVocabulary {}

extension BankQuery: QueryVocabulary {
    /// What the bank answers.
    public typealias Answer = BankAnswer
}

extension BankEvent: EventVocabulary {
    /// Every kind of event. Creating and destroying coins, and moving the supply offset, needs a grant.
    public static let kinds = [
        EventKind(1, "transferred"),
        EventKind(2, "minted", privilege: .bankMint),
        EventKind(3, "burned", privilege: .bankBurn),
        EventKind(4, "supply_offset_changed", privilege: .bankSupplyOffset),
        EventKind(5, "delegation_tracked"),
        EventKind(6, "module_account_claimed"),
        EventKind(7, "params_updated"),
        EventKind(8, "send_enabled_set"),
        EventKind(9, "address_blocked"),
        EventKind(10, "denom_metadata_set"),
        EventKind(11, "account_imported"),
        EventKind(12, "balance_imported"),
    ]

    /// The description of `bank.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: bankDescriptorSetBase64) ?? Data())
}

extension Privilege {
    /// The right of a bank to create coins, on the word of a module account that may mint.
    public static let bankMint = Privilege("bank/mint")
    /// The right of a bank to destroy coins, on the word of a module account that may burn.
    public static let bankBurn = Privilege("bank/burn")
    /// The right of a bank to report another supply than what exists.
    public static let bankSupplyOffset = Privilege("bank/supply-offset")
}

extension BankAccount: StateValue {}
extension BankMetadata: StateValue {}
extension BankParams: StateValue {}
extension BankSendEnabled: StateValue {}
