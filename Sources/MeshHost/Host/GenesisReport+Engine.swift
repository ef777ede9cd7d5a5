internal import ModuleKit

extension GenesisReport {
    /// The members of a genesis document that the host reads, and those that say nothing which is not elsewhere in it.
    private static let knownMembers = [
        "chain_id", "genesis_time", "initial_height", "app_state", "consensus_params", "consensus", "validators",
        "app_hash", "app_name", "app_version",
    ]

    /// Notes what stands beside `app_state` and is not kept: the consensus engine's parameters, and what nothing here knows.
    mutating func noteMembers(of document: JSONValue) throws(ModuleError) {
        for (name, field) in try JSONField(document).members()
        where !Self.knownMembers.contains(name) && !field.saysNothing {
            skip(name, "nothing here knows this member", example: field.path)
        }
        for (path, parameters) in [
            ("consensus_params", document["consensus_params"]), ("consensus.params", document["consensus"]["params"]),
        ] {
            guard let parameters = parameters.optional else { continue }
            // Slashing reads how old evidence may be.
            for (name, field) in try parameters.members() where name != "evidence" && !field.saysNothing {
                remark("\(path).\(name)", "not kept: it is the consensus engine's to know", example: field.path)
            }
        }
    }
}
