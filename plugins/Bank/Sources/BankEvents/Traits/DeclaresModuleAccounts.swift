public import ModuleKit

/// A vocabulary some of whose events claim module accounts: pools, collectors, minters.
///
/// An instance mostly claims when it is configured. The bank reacts: the first claimant of a name owns the account, and
/// a second one is refused, which vetoes its event. The owner may claim again, to change what it declared.
public protocol DeclaresModuleAccounts: EventVocabulary {
    /// What this event claims; mostly nothing.
    var moduleAccounts: [ModuleAccountDeclaration] { get throws(ModuleError) }
}

/// A claim of one module account.
public struct ModuleAccountDeclaration: Sendable, Hashable {
    /// The name, from which the address is derived; 1 to 64 printable ASCII characters.
    public let name: String
    /// What the account may do beside holding coins; sorted, each once.
    public let permissions: [BankPermission]
    /// Whether anyone may send coins to it; a module account is blocked otherwise.
    public let acceptsSends: Bool

    /// Describes a claim; the order of the permissions does not matter.
    public init(_ name: String, permissions: [BankPermission] = [], acceptsSends: Bool = false) {
        self.name = name
        self.permissions = [.minter, .burner, .staking].filter(permissions.contains)
        self.acceptsSends = acceptsSends
    }

    /// The account's address.
    public var address: Address { Address(moduleName: name) }
}
