public import MeshHost
public import ModuleKit

/// The list of External Staking instances that a chain recommends to its users. (Spec section 2, step 9.)
///
/// Anyone may deploy such a list, so only one that the chain's authority administers is the chain's.
extension ChainHost {
    /// The name of the module of recommended lists.
    static let recommendedListModule = "recommended-list"

    /// The label of the chain's recommended list; nil where it has none.
    ///
    /// - Throws: what the host throws.
    public var recommendedList: String? {
        get throws(ModuleError) {
            let authority = try authorityText
            for instance in machine.instancesInOrder where instance.identity.module == Self.recommendedListModule {
                let found = try record(ifAny: instance.identity.label)
                if let found, !found.admin.isEmpty, found.admin == authority { return found.label }
            }
            return nil
        }
    }

    /// Whether an instance, by its label, is on a recommended list.
    ///
    /// - Throws: what the list throws.
    public func recommends(_ externalStaking: String, on list: String) throws(ModuleError) -> Bool {
        guard try record(ifAny: externalStaking) != nil else { return false }
        let question: JSONValue = ["is_recommended": ["instance": .string(externalStaking)]]
        let answer = JSONField(try JSONValue(parsing: try query(list, json: question.text())))
        return try answer["is_recommended"]["is_recommended"].optional?.bool() ?? false
    }
}

extension PairingSpecification {
    /// What the provider's authority says to its recommended list, in JSON.
    public var recommendation: JSONValue { ["recommend": ["instance": .string(externalStaking)]] }
}
