import BankEvents
import IBC
public import ModuleKit
public import TransferEvents

extension Transfer {
    /// Answers a question, in the answer's field of the same name.
    ///
    /// - Throws: `unknownTrace`; `malformedTransfer` or `invalidTransferDenomination` for a malformed question;
    ///   `invalidState` before the instance was configured; `invalidArgument` for an empty question.
    public func answer(_ query: TransferQuery, _ state: StateReader) throws(ModuleError) -> TransferAnswer {
        var answer = TransferAnswer()
        switch query.query {
        case .settings: answer.settings = try requireSettings(state)
        case .trace(let query): answer.trace = try storedTrace(of: try Denom(query.denomination), state)
        case .traces(let query): answer.traces = try self.answer(query, state)
        case .denomination(let query):
            answer.denomination = TransferTrace(
                try ModuleError.transferring { () throws(IBCError) in try DenominationTrace(path: query.path) }
            )
        case .escrow(let query): answer.escrow = try self.answer(query, state)
        case .escrowTotal(let query):
            let denom = try Denom(query.denomination)
            answer.escrowTotal = ProtoCoin(Coin(try escrowTotals.value(for: denom, in: state) ?? .zero, denom))
        case .owedRefunds(let query): answer.owedRefunds = try self.answer(query, state)
        case .openOrders(let query): answer.openOrders = try self.answer(query, state)
        case nil: throw ModuleError(.invalidArgument, "the query asks for nothing: set one of its fields")
        }
        return answer
    }

    private func answer(_ query: TransferTracesQuery, _ state: StateReader) throws(ModuleError) -> TransferTraces {
        let start = query.startDenomination.isEmpty ? nil : try Denom(query.startDenomination)
        let limit = Self.pageSize(query.limit)
        var page = TransferTraces()
        try traces.forEach(in: state, from: start) { (denom, trace) throws(ModuleError) in
            guard page.traces.count < limit else {
                page.nextDenomination = denom.text
                return false
            }
            page.traces.append(trace)
            return true
        }
        return page
    }

    private func answer(_ query: TransferEscrowQuery, _ state: StateReader) throws(ModuleError) -> TransferEscrow {
        let settings = try requireSettings(state)
        let account = try TransferEvent.escrow(settings.portID, query.channelID)
        let start = query.startDenomination.isEmpty ? nil : try Denom(query.startDenomination)
        let limit = Self.pageSize(query.limit)
        var page = TransferEscrow()
        page.address = try account.address.text(prefix: settings.bech32Prefix)
        let visit = { (key: Pair<String, Denom>, amount: Amount) throws(ModuleError) -> Bool in
            guard key.first == query.channelID else { return false }
            guard page.tokens.count < limit else {
                page.nextDenomination = key.second.text
                return false
            }
            page.tokens.append(ProtoCoin(Coin(amount, key.second)))
            return true
        }
        if let start {
            try escrowed.forEach(in: state, from: Pair(query.channelID, start), visit)
        } else {
            try escrowed.forEach(startingWith: query.channelID, in: state, visit)
        }
        return page
    }

    private func answer(_ query: TransferOwedRefundsQuery, _ state: StateReader) throws(ModuleError)
        -> TransferOwedRefunds
    {
        let start = query.startChannelID.isEmpty ? nil : Pair(query.startChannelID, query.startSequence)
        let limit = Self.pageSize(query.limit)
        var page = TransferOwedRefunds()
        try owedRefunds.forEach(in: state, from: start) { (key, refund) throws(ModuleError) in
            guard page.refunds.count < limit else {
                page.nextChannelID = key.first
                page.nextSequence = key.second
                return false
            }
            page.refunds.append(refund)
            return true
        }
        return page
    }

    private func answer(_ query: TransferOpenOrdersQuery, _ state: StateReader) throws(ModuleError)
        -> TransferOpenOrders
    {
        let start = query.startChannelID.isEmpty ? nil : Pair(query.startChannelID, query.startSequence)
        let limit = Self.pageSize(query.limit)
        var page = TransferOpenOrders()
        try openOrders.forEach(in: state, from: start) { (key, order) throws(ModuleError) in
            guard page.orders.count < limit else {
                page.nextChannelID = key.first
                page.nextSequence = key.second
                return false
            }
            page.orders.append(
                .with {
                    $0.channelID = key.first
                    $0.sequence = key.second
                    $0.order = order
                }
            )
            return true
        }
        return page
    }

    /// What is kept of a voucher's way.
    ///
    /// - Throws: `unknownTrace`.
    func storedTrace(of denom: Denom, _ state: some StateReading) throws(ModuleError) -> TransferTrace {
        guard let trace = try traces.value(for: denom, in: state) else {
            throw ModuleError(
                .unknownTrace,
                "this chain has minted no voucher \(denom): ask for the traces that it knows"
            )
        }
        return trace
    }

    /// How many entries a page has: 100 where none is asked for, 1000 at most.
    private static func pageSize(_ limit: UInt32) -> Int { limit == 0 ? 100 : Int(min(limit, 1000)) }
}

extension TransferTrace {
    /// What is kept of a token's way.
    init(_ trace: DenominationTrace) {
        self = .with {
            $0.path = trace.path
            $0.base = trace.base
            $0.denomination = trace.denomination
        }
    }
}
