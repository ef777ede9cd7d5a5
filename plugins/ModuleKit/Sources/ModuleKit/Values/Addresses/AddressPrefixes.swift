/// The Bech32 prefixes of one chain.
///
/// Account, operator and consensus addresses differ only in their prefix, so a text is always read *as* one of them.
public struct AddressPrefixes: Hashable, Sendable {
    /// Whose address a text is.
    public enum Role: String, CaseIterable, Hashable, Sendable {
        /// A user, a module or an instance.
        case account = "account"
        /// The account behind a validator.
        case validatorOperator = "validator operator"
        /// A validator's consensus key.
        case consensus = "consensus"
    }

    /// The prefix of accounts, such as `cosmos`.
    public let account: String

    /// The prefix of validator operators, such as `cosmosvaloper`.
    public let validatorOperator: String

    /// The prefix of consensus keys, such as `cosmosvalcons`.
    public let consensus: String

    /// Derives the other prefixes from the account prefix, as most chains do.
    ///
    /// - Throws: `invalidBech32` when the prefix can't be used.
    public init(account: String) throws(ModuleError) {
        try self.init(account: account, validatorOperator: account + "valoper", consensus: account + "valcons")
    }

    /// Names every prefix; Crypto.org has `cro`, `crocncl` and `crocnclcons`.
    ///
    /// - Throws: `invalidBech32` when a prefix can't be used.
    public init(account: String, validatorOperator: String, consensus: String) throws(ModuleError) {
        for prefix in [account, validatorOperator, consensus] {
            // The prefix of public keys is longer by "pub" and has to fit too.
            try Bech32Coding.checkPrefix(prefix + "pub")
        }
        self.account = account
        self.validatorOperator = validatorOperator
        self.consensus = consensus
    }

    /// The prefix of a role.
    public func prefix(of role: Role) -> String {
        switch role {
        case .account: account
        case .validatorOperator: validatorOperator
        case .consensus: consensus
        }
    }

    /// The prefix of legacy public keys of a role, such as `cosmosvalconspub`.
    public func publicKeyPrefix(of role: Role) -> String { prefix(of: role) + "pub" }

    /// Reads an address text of this chain and role.
    ///
    /// - Throws: `wrongAddressPrefix`, naming the expected one; `invalidBech32`; `invalidAddress`.
    public func parse(_ text: String, as role: Role) throws(ModuleError) -> Address {
        let layout = try Bech32Coding.check(text, lengthLimit: Bech32.cosmosLengthLimit)
        guard layout.hasPrefix(prefix(of: role), in: text) else {
            throw ModuleError(
                .wrongAddressPrefix,
                "\(quoted(text)) has the prefix \(quoted(layout.prefix(of: text))); the \(role.rawValue) addresses of "
                    + "this chain begin with \(quoted(prefix(of: role)))"
            )
        }
        return try Address(bech32: text, layout)
    }

    /// The text of an address in a role.
    public func format(_ address: Address, as role: Role) -> String {
        address.text(checkedPrefix: prefix(of: role))
    }
}

extension Bech32Coding.Layout {
    /// Whether the text has this prefix, without regard to the case of the text.
    func hasPrefix(_ prefix: String, in text: String) -> Bool {
        // A prefix within ASCII letters and digits matches in place; others are compared in lower case.
        prefixCount == prefix.utf8.count
            && (text.utf8.starts(with: prefix.utf8) || self.prefix(of: text) == prefix)
    }
}
