import Foundation
import IBC
import InterchainEvents
import ModuleKit
import SwiftProtobuf

/// A client of another chain as it is shown, with what it takes as given.
struct ClientRow {
    let client: InterchainClient
    private let state: TendermintClientState

    init(_ client: InterchainClient) throws(CommandError) {
        self.client = client
        state = try CommandError.readingStored("the client \(client.clientID)") {
            try TendermintClientState(encoded: Array(client.clientState))
        }
    }

    var height: String { state.latestHeight.description }

    /// The time of the latest header; empty when it is forgotten.
    var time: String { client.latestTime.moment.map { client.hasLatestTime ? $0.description : "" } ?? "" }

    /// When the client expires unless it is updated; nil when its latest header is forgotten.
    var expiry: Timestamp? {
        guard client.hasLatestTime, let time = client.latestTime.moment else { return nil }
        return time.saturatingAdding(state.protobuf.trustingPeriod.span)
    }

    /// The share of trusted power that has to sign a header after a gap.
    private var trustLevel: String {
        let level = state.protobuf.trustLevel
        return "\(level.numerator)/\(level.denominator)"
    }

    /// How far ahead of this chain's clock a header may be.
    private var clockDrift: String { state.protobuf.maxClockDrift.span.description }

    var statusCell: Table.Cell {
        switch client.status {
        case "active": .init(client.status, .green)
        case "frozen": .init(client.status, .red)
        default: .init(client.status, .yellow)
        }
    }

    /// The client as programs read it.
    var document: JSONValue {
        var object = JSONObject()
        object["client_id"] = .string(client.clientID)
        object["chain_id"] = .string(client.chainID)
        object["status"] = .string(client.status)
        object["latest_height"] = .string(height)
        object["latest_time"] = time.isEmpty ? .null : .string(time)
        object["expires"] = .optional(expiry?.description)
        object["trusting_period_seconds"] = .whole(client.trustingPeriodSeconds)
        object["unbonding_period_seconds"] = .whole(client.unbondingPeriodSeconds)
        object["trust_level"] = .string(trustLevel)
        object["maximum_clock_drift"] = .string(clockDrift)
        object["client_state"] = .string(client.clientState.base64EncodedString())
        return .object(object)
    }

    var facts: Facts {
        Facts(
            ("client", .init(client.clientID, .bold)),
            ("chain", .init(client.chainID)),
            ("status", statusCell),
            ("latest height", .init(height)),
            ("latest time", time.isEmpty ? .init("forgotten", .dim) : .init(time)),
            ("expires", .init(expiry?.description ?? "")),
            ("trusting period", .init(state.protobuf.trustingPeriod.span.description)),
            ("unbonding period", .init(state.protobuf.unbondingPeriod.span.description)),
            ("trust level", .init(trustLevel)),
            ("clock drift", .init(clockDrift))
        )
    }
}
