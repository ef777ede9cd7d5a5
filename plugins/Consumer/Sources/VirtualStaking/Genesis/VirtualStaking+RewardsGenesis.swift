import ModuleKit
import VirtualStakingEvents

/// What is still to be collected, as the member `rewards` of the instance's section.
///
///     { "former_validators": ["cosmosvaloper1…"], "collection": { "next": "" }, "others": [{ "denom": …, "amount": … }] }
///
/// `collection` is null where none goes on.
extension VirtualStaking {
    func exportRewards(_ settings: VirtualStakingSettings, _ state: StateReader) throws(ModuleError) -> JSONValue {
        var former: [JSONValue] = []
        try formerValidators.forEach(in: state) { (validator, _) throws(ModuleError) in
            former.append(.string(try validator.text(prefix: settings.operatorPrefix)))
            return true
        }
        var others: [JSONValue] = []
        try otherRewards.forEach(in: state) { (denom, amount) throws(ModuleError) in
            others.append(["denom": .string(denom.text), "amount": .string(amount.description)])
            return true
        }
        let progress = try collection.value(in: state)
        return [
            "former_validators": .array(former),
            "collection": progress.map { ["next": .string($0.nextValidator)] } ?? .null,
            "others": .array(others),
        ]
    }

    /// - Throws: `virtualStakingGenesisContradiction` for a former validator at which there is stake; codespace `genesis` for a
    ///   malformed value.
    func importRewards(_ section: JSONField, _ context: Context) throws(ModuleError) {
        try Self.requireMembers(["former_validators", "collection", "others"], of: section)
        var imported = VirtualStakingRewardsImported()
        for field in try section["former_validators"].array() {
            let validator = try field.address(context.addresses, as: .validatorOperator)
            guard try !minted.contains(validator, in: context) else {
                throw Self.contradiction("\(field.path): there is stake at this validator")
            }
            imported.formerValidators.append(context.operatorText(validator))
        }
        if let progress = section["collection"].optional {
            try Self.requireMembers(["next"], of: progress)
            let next = try progress["next"].string()
            imported.collection.nextValidator =
                next.isEmpty ? "" : context.operatorText(try context.operatorAddress(next))
        }
        let others = try section["others"].coins()
        imported.others = others.proto
        guard imported != VirtualStakingRewardsImported() else { return }
        try context.emit(.with { [imported] in $0.rewardsImported = imported })
    }
}
