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
    /// The name, from which the address is derived; 1 to 64 printable ASCII characters without blanks.
    public let name: String
    /// What the address is derived from besides the name, under the same rule; nil where the name alone gives it.
    public let domain: String?
    /// What the account may do beside holding coins; sorted, each once.
    public let permissions: [BankPermission]
    /// Whether anyone may send coins to it; a module account is blocked otherwise.
    public let acceptsSends: Bool

    /// Describes a claim; the order of the permissions does not matter.
    public init(
        _ name: String,
        domain: String? = nil,
        permissions: [BankPermission] = [],
        acceptsSends: Bool = false
    ) {
        self.name = name
        self.domain = domain
        self.permissions = [.minter, .burner, .staking].filter(permissions.contains)
        self.acceptsSends = acceptsSends
    }

    /// The account's address: the first 20 bytes of SHA-256 over the name, or over the domain, a zero byte, and the name.
    ///
    /// The latter is how ICS-20 derives escrow accounts, with the domain `ics20-1` and names such as `transfer/channel-0`.
    public var address: Address { BankModuleAccount.address(domain: domain, name: name) }
}

extension BankModuleAccount {
    /// The address of the module account with a domain, or without any, and a name.
    ///
    /// No other account can be made to have this address. Domain and name are printable, so the zero byte between them
    /// stands in no module's name, and tells where the domain ends. Public keys and addresses of instances are hashed over
    /// bytes that are no such text. (Who could choose keys until one reads like a domain that is in use, a zero byte and a
    /// name would have to meet every byte of it.)
    public static func address(domain: String?, name: String) -> Address {
        guard let domain else { return Address(moduleName: name) }
        return Address(domain: domain, moduleName: name)
    }

    /// The account's address.
    public var address: Address { Self.address(domain: domain.isEmpty ? nil : domain, name: name) }

    /// The name that no other module account has: the domain and the name with a blank between, or the name alone.
    ///
    /// Neither holds a blank, so no name without a domain reads the same.
    public var fullName: String { domain.isEmpty ? name : "\(domain) \(name)" }
}
