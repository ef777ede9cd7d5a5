public import ModuleKit
public import SlashingEvents

extension Slashing {
    /// Answers a question as of no block: what depends on the height is told as of the last change.
    public func answer(_ query: SlashingQuery, _ state: StateReader) throws(ModuleError) -> SlashingAnswer {
        try answer(query, state, height: nil)
    }

    /// Answers a question; pages hold 100 entries, or what is asked for, 1000 at most.
    ///
    /// - Throws: `noSigningInfo`, `slashingNotReady`; codespace `kit` for malformed addresses.
    public func answer(_ query: SlashingQuery, _ view: View) throws(ModuleError) -> SlashingAnswer {
        try answer(query, StateReader(view.instanceState), height: view.block.height)
    }

    private func answer(_ query: SlashingQuery, _ state: StateReader, height: UInt64?) throws(ModuleError)
        -> SlashingAnswer
    {
        let answerer = SlashingAnswerer(
            collections: collections,
            state: state,
            prefixes: try collections.prefixes(state),
            rules: try collections.currentRules(state),
            signers: try collections.currentSigners(state),
            height: height
        )
        return try .filled { (answer) throws(ModuleError) in
            switch query.query {
            case .parameters: answer.parameters = answerer.rules.stored
            case .settings: answer.settings = try collections.settings.value(in: state) ?? SlashingSettings()
            case .signingInfo(let query): answer.signingInfo = try answerer.signingInfo(query)
            case .signingInfos(let query): answer.signingInfos = try answerer.signingInfos(query)
            case .equivocations(let query): answer.equivocations = try answerer.equivocations(query)
            case nil:
                throw ModuleError(.unknownMessage, "the question for slashing asks nothing: set one of its queries")
            }
        }
    }
}

/// Reads what questions ask for.
struct SlashingAnswerer {
    let collections: SlashingState
    let state: StateReader
    let prefixes: AddressPrefixes
    let rules: SlashingRules
    let signers: Signers
    /// The last block; nil where nobody knows.
    let height: UInt64?

    private static let pageDefault = 100
    private static let pageMax = 1_000

    func signingInfo(_ query: SlashingSigningInfoQuery) throws(ModuleError) -> SlashingSigningInfoAnswer {
        let address = try prefixes.parse(query.consensusAddress, as: .consensus)
        guard let info = try collections.infos.value(for: address, in: state) else {
            throw ModuleError(
                .noSigningInfo,
                "nothing is known of the votes of \(query.consensusAddress): name another"
            )
        }
        return try signingInfo(address, info)
    }

    func signingInfos(_ query: SlashingSigningInfosQuery) throws(ModuleError) -> SlashingSigningInfosAnswer {
        var answer = SlashingSigningInfosAnswer()
        let (start, limit) = (try self.start(query.start), Self.limit(query.limit))
        try collections.infos.forEach(in: state, from: start) { (address, info) throws(ModuleError) in
            guard answer.infos.count < limit else {
                answer.next = prefixes.format(address, as: .consensus)
                return false
            }
            answer.infos.append(try signingInfo(address, info))
            return true
        }
        return answer
    }

    func equivocations(_ query: SlashingEquivocationsQuery) throws(ModuleError) -> SlashingEquivocationsAnswer {
        var answer = SlashingEquivocationsAnswer()
        let start = try self.start(query.start).map { Pair($0, UInt64(0)) }
        let limit = Self.limit(query.limit)
        try collections.equivocations.forEach(in: state, from: start) { (key, equivocation) throws(ModuleError) in
            // A page ends between two validators, so that the next begins with all that one has.
            if answer.equivocations.count >= limit,
                answer.equivocations.last?.consensusAddress != equivocation.consensusAddress
            {
                answer.next = prefixes.format(key.first, as: .consensus)
                return false
            }
            answer.equivocations.append(equivocation)
            return true
        }
        return answer
    }

    private func signingInfo(_ address: Address, _ info: SlashingSigningInfo) throws(ModuleError)
        -> SlashingSigningInfoAnswer
    {
        let next = height.map { collections.nextVote(of: address, info, signers, after: $0) } ?? info.nextVote
        let missed = try collections.missed(by: address, info, window: rules.window, before: next, in: state)
        let missedMax = try rules.missedMax()
        return .with {
            $0.consensusAddress = prefixes.format(address, as: .consensus)
            $0.startHeight = info.startHeight
            $0.nextVote = next
            $0.missed = missed
            $0.missedMax = missedMax
            $0.window = rules.window
            $0.jailedUntilNanoseconds = info.jailedUntilNanoseconds
            $0.isTombstoned = info.isTombstoned
            $0.isCounted = signers.index(of: address) != nil
        }
    }

    private func start(_ text: String) throws(ModuleError) -> Address? {
        text.isEmpty ? nil : try prefixes.parse(text, as: .consensus)
    }

    private static func limit(_ limit: UInt32) -> Int { limit == 0 ? pageDefault : min(Int(limit), pageMax) }
}
