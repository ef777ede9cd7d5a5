import IBC
import Testing

@Suite("Ends of connections and channels")
struct HandshakeTests {
    private func channel(
        _ state: ChannelEnd.State,
        channel: ChannelID? = ChannelID(number: 1),
        version: String = "ics20-1"
    ) throws -> ChannelEnd {
        try ChannelEnd(
            state: state,
            ordering: .unordered,
            counterparty: ChannelEnd.Counterparty(port: .transfer, channel: channel),
            connection: ConnectionID(number: 0),
            version: version
        )
    }

    private func connection(
        _ state: ConnectionEnd.State,
        versions: [ConnectionVersion] = [.standard],
        other: ConnectionID? = ConnectionID(number: 1)
    ) throws -> ConnectionEnd {
        try ConnectionEnd(
            client: ClientID(number: 0),
            versions: versions,
            state: state,
            counterparty: ConnectionEnd.Counterparty(client: ClientID(number: 9), connection: other, prefix: .standard)
        )
    }

    @Test("An end that knows the other one names it; one that has just begun need not")
    func counterparties() throws {
        #expect(code { _ = try channel(.initialized, channel: nil) } == nil)
        #expect(code { _ = try channel(.closed, channel: nil) } == nil)
        #expect(code { _ = try channel(.tryOpen, channel: nil) } == .missing)
        #expect(code { _ = try channel(.open, channel: nil) } == .missing)
        #expect(code { _ = try connection(.initialized, other: nil) } == nil)
        #expect(code { _ = try connection(.tryOpen, other: nil) } == .missing)
        #expect(code { _ = try connection(.open, other: nil) } == .missing)
        #expect(try channel(.open).counterparty.end?.description == "transfer/channel-1")
        #expect(try channel(.initialized, channel: nil).counterparty.end == nil)
    }

    @Test("An open connection has the one version that was agreed on")
    func openVersions() throws {
        let second = try ConnectionVersion(identifier: "2", features: ["A"])
        #expect(code { _ = try connection(.initialized, versions: [.standard, second]) } == nil)
        #expect(code { _ = try connection(.open, versions: [.standard, second]) } == .inconsistent)
        #expect(code { _ = try connection(.open, versions: []) } == .missing)
        let many = [ConnectionVersion](repeating: .standard, count: 17)
        #expect(code { _ = try connection(.initialized, versions: many) } == .tooLarge)
    }

    @Test("The versions of channels may be any text, but not a long one")
    func channelVersions() {
        #expect(code { _ = try channel(.open, version: "") } == nil)
        #expect(code { _ = try channel(.open, version: String(repeating: "é", count: 2048)) } == nil)
        #expect(code { _ = try channel(.open, version: String(repeating: "é", count: 2049)) } == .tooLarge)
    }

    @Test("Connection versions are agreed on by what both ends have, in the own order")
    func negotiation() throws {
        let ordered = ChannelEnd.Ordering.ordered.feature
        let onlyOrdered = try ConnectionVersion(identifier: "1", features: ["ORDER_DAG", ordered])
        let foreign = try ConnectionVersion(identifier: "2", features: [ordered])
        let common = try ConnectionVersion.common(offered: [foreign, onlyOrdered])
        #expect(common == (try ConnectionVersion(identifier: "1", features: [ordered])))
        #expect(common.allows(.ordered) && !common.allows(.unordered))
        #expect(ConnectionVersion.standard.includes(common) && !common.includes(.standard))
        #expect(!ConnectionVersion.standard.includes(foreign))
        #expect(try ConnectionVersion.common(offered: [.standard]) == .standard)
        #expect(code { _ = try ConnectionVersion.common(offered: [foreign]) } == .noCommonVersion)
        #expect(code { _ = try ConnectionVersion.common(offered: []) } == .noCommonVersion)
        let none = try ConnectionVersion(identifier: "1", features: ["ORDER_DAG"])
        #expect(code { _ = try ConnectionVersion.common(offered: [none]) } == .noCommonVersion)
    }

    @Test("Blank, repeated, overlong and non-ASCII parts of a connection version are refused")
    func versionRules() {
        func make(_ identifier: String, _ features: [String]) -> IBCError.Code? {
            code { _ = try ConnectionVersion(identifier: identifier, features: features) }
        }
        #expect(make("1", ["A"]) == nil)
        #expect(make("", ["A"]) == .missing)
        #expect(make("1", []) == .missing)
        #expect(make("1", ["A", " "]) == .missing)
        #expect(make("1", ["A", "A"]) == .inconsistent)
        #expect(make("1", ["\u{212A}"]) == .unknownValue)
        #expect(make(String(repeating: "1", count: 65), ["A"]) == .tooLarge)
        #expect(make("1", (0...16).map(String.init)) == .tooLarge)
    }
}
