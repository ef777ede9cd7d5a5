public import ModuleKit
import SlashingEvents

extension Slashing {
    /// Writes as of no block: the numbers of the next votes are those of the last change.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        try sections(state, height: nil)
    }

    /// Writes the sections `slashing` and `evidence` in the layout of SDK 0.50, as of the last block. Importing them, with the
    /// part of staking, gives the same state. `evidence.params` has two members of our own.
    public func exportGenesis(_ view: View) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        try sections(StateReader(view.instanceState), height: view.block.height)
    }

    private func sections(_ state: StateReader, height: UInt64?) throws(ModuleError)
        -> [(section: String, value: JSONValue)]
    {
        guard let rules = try collections.rules.value(in: state) else { return [] }
        let prefixes = try collections.prefixes(state)
        let signers = try collections.currentSigners(state)
        var infos: [JSONValue] = []
        var missedBlocks: [JSONValue] = []
        try collections.infos.forEach(in: state) { (address, info) throws(ModuleError) in
            let text = prefixes.format(address, as: .consensus)
            let next = height.map { collections.nextVote(of: address, info, signers, after: $0) } ?? info.nextVote
            let missed = try missedVotes(of: address, window: rules.window, before: next, state)
            infos.append(["address": .string(text), "validator_signing_info": Self.write(info, text, next, missed)])
            if !missed.isEmpty {
                missedBlocks.append(
                    [
                        "address": .string(text),
                        "missed_blocks": .array(missed.map { Self.write(missed: $0, window: rules.window) }),
                    ]
                )
            }
            return true
        }
        var evidence: [JSONValue] = []
        try collections.equivocations.forEach(in: state) { (key, equivocation) throws(ModuleError) in
            evidence.append(EvidenceGenesis.write(equivocation, of: prefixes.format(key.first, as: .consensus)))
            return true
        }
        let slashing: JSONValue = [
            "params": ParametersFormat.write(rules),
            "signing_infos": .array(infos),
            "missed_blocks": .array(missedBlocks),
        ]
        return [
            ("slashing", slashing),
            ("evidence", ["params": ParametersFormat.write(evidence: rules), "evidence": .array(evidence)]),
        ]
    }

    /// The numbers of the votes that were missed of the window that ends before a vote, in order.
    private func missedVotes(of address: Address, window: UInt64, before next: UInt64, _ state: StateReader)
        throws(ModuleError) -> [UInt64]
    {
        let start = next > window ? next - window : 0
        var found: [UInt64] = []
        try collections.missedVotes.forEach(startingWith: address, in: state) { (key, votes) throws(ModuleError) in
            let first = key.second * MissedVotes.voteCount
            found += votes.places.map { first + $0 }.filter { $0 >= start }
            return true
        }
        return found
    }

    private static func write(_ info: SlashingSigningInfo, _ address: String, _ next: UInt64, _ missed: [UInt64])
        -> JSONValue
    {
        [
            "address": .string(address),
            "start_height": .string(String(info.startHeight)),
            "index_offset": .string(String(next)),
            "jailed_until": .string(Timestamp(nanoseconds: info.jailedUntilNanoseconds).jailText),
            "tombstoned": .bool(info.isTombstoned),
            "missed_blocks_counter": .string(String(missed.count)),
        ]
    }

    private static func write(missed vote: UInt64, window: UInt64) -> JSONValue {
        ["index": .string(String(vote % window)), "missed": true]
    }
}
