import CometBFT
import Foundation
import IBC
import InterchainEvents
import ModuleKit
import SwiftProtobuf

extension Interchain {
    func answer(_ query: InterchainClientQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        let time = query.hasTime ? query.time : nil
        let client = try describe(try ClientID(reading: query.clientID), at: time, state)
        return .with { $0.client = client }
    }

    func answer(_ query: InterchainClientsQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        let numbers = Page(from: query.start, limit: query.limit, of: try counters.value(in: state)?.clients ?? 0)
        var page = InterchainClients()
        for id in numbers.range.map({ ClientID(number: $0) }) {
            // An import may leave numbers out.
            guard try clientStates.contains(.clientState(id), in: state) else { continue }
            page.clients.append(try describe(id, at: nil, state))
        }
        if let next = numbers.next { page.next = next }
        return .with { $0.clients = page }
    }

    func answer(_ query: InterchainVerifiedHeaderQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        let id = try ClientID(reading: query.clientID)
        _ = try client(id, in: state)
        let height = Height(protobuf: query.height)
        if query.orBelow, let found = try verifiedHeader(of: id, below: height, orAt: true, in: state) {
            return .with { $0.verifiedHeader = found }
        }
        let found = try verifiedHeader(of: id, at: height, in: state)
        return .with { $0.verifiedHeader = found }
    }

    /// What is told of a client; its status only where there is a time to judge it by.
    private func describe(_ id: ClientID, at time: Google_Protobuf_Timestamp?, _ state: StateReader)
        throws(ModuleError) -> InterchainClient
    {
        let client = try client(id, in: state)
        let latest = try latestConsensusState(of: id, in: state)
        var answer = InterchainClient()
        answer.clientID = id.text
        answer.chainID = client.chainID
        answer.latestHeight = client.latestHeight.protobuf
        if let latest { answer.latestTime = latest.time.protobuf }
        answer.frozen = client.isFrozen
        answer.trustingPeriodSeconds = UInt64(clamping: client.protobuf.trustingPeriod.seconds)
        answer.unbondingPeriodSeconds = UInt64(clamping: client.protobuf.unbondingPeriod.seconds)
        answer.clientState = Data(client.encoded)
        if let time {
            let now = try ModuleError.reading("the time of the question") { () throws(CometBFTError) in
                try BlockTime(protobuf: time)
            }
            answer.status = client.status(latest: latest, now: now).word
        }
        return answer
    }
}

extension ClientStatus {
    /// How answers call it.
    fileprivate var word: String {
        switch self {
        case .active: "active"
        case .expired: "expired"
        case .frozen: "frozen"
        }
    }
}
