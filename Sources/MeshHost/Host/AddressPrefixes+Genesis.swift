internal import ModuleKit

extension AddressPrefixes {
    /// The prefixes that a genesis document uses, taken from the first address of each role.
    ///
    /// Most chains end the operator's prefix in `valoper` and the consensus prefix in `valcons`; not all do, such as
    /// `crocncl` and `crocnclcons` beside `cro`, or `iva` and `ica` beside `iaa`.
    ///
    /// - Parameter account: the prefix of accounts, where it is known already.
    /// - Throws: `notFound` when the document holds no account address and none was given.
    init(of document: JSONValue, account: String?) throws(ModuleError) {
        guard let account = account ?? document.firstPrefix(under: nil)?.droppingRole else {
            throw ModuleError(
                .notFound,
                "the document holds no account address from which the chain's prefix could be taken: name the prefix"
            )
        }
        let found = document.firstPrefix(under: ["validator_address", "operator_address"])
        let validator = found == account ? nil : found
        // Only a chain whose operators are called otherwise may call its keys otherwise: a stranger's list changes nothing.
        let isUsual = validator == nil || validator == account + "valoper"
        let consensus = isUsual ? nil : document.prefixOfSigners ?? validator.map { $0 + "cons" }
        try self.init(
            account: account,
            validatorOperator: validator ?? account + "valoper",
            consensus: consensus ?? account + "valcons"
        )
    }
}

extension JSONValue {
    /// The prefix of the first validator whose votes slashing knows of; nil where there is none.
    fileprivate var prefixOfSigners: String? {
        let infos = self["app_state"]["slashing"]["signing_infos"]
        // Before SDK 0.40 the addresses are the members' names.
        if case .object(let object)? = infos.value {
            return object.members.first.flatMap { JSONValue.string($0.name).firstPrefix(under: nil) }
        }
        return infos.value?.firstPrefix(under: ["address"])
    }

    /// The prefix of the first text, in document order, that is the bech32 form of 20 bytes.
    ///
    /// - Parameter names: the members that such a text must be the value of; nil for any place.
    fileprivate func firstPrefix(under names: [String]?, isNamed: Bool = false) -> String? {
        switch self {
        case .string(let text):
            guard isNamed || names == nil, text.utf8.count < 100, let decoded = try? Bech32(text),
                (try? decoded.bytes())?.count == 20
            else { return nil }
            return decoded.prefix
        case .array(let elements):
            return elements.lazy.compactMap { $0.firstPrefix(under: names, isNamed: isNamed) }.first
        case .object(let object):
            return object.members.lazy.compactMap { member in
                member.value.firstPrefix(under: names, isNamed: names?.contains(member.name) ?? false)
            }
            .first
        case .null, .bool, .number: return nil
        }
    }
}

extension String {
    /// The account prefix behind the usual prefix of another role.
    fileprivate var droppingRole: String {
        for ending in ["valoper", "valcons"] where hasSuffix(ending) { return String(dropLast(ending.count)) }
        return self
    }
}

extension JSONField {
    /// Whether there is nothing, or null, or an empty object or list: a section that no module needs to read.
    var saysNothing: Bool {
        switch value {
        case nil, .null: true
        case .object(let object): object.members.isEmpty
        case .array(let elements): elements.isEmpty
        default: false
        }
    }
}
