import ConverterEvents
import ModuleKit
import ModuleTesting
import Testing
import VirtualStaking
import VirtualStakingEvents

@Suite("The offer of a grant")
struct OfferTests {
    private static let admin = Address.named("admin")
    private static let governance = Address.named("governance")

    private func offer(_ cap: UInt64, on chain: StakeChain, to instance: InstanceIdentity? = nil) throws
        -> Outcome<VirtualStaking>
    {
        try chain.harness.when(granting: .mintVirtualStake, cap: Amount(UInt128(cap)), to: instance)
    }

    private func readiness(_ chain: StakeChain) throws -> VirtualStakingReadiness {
        try chain.harness.query(.with { $0.readiness = .init() }).readiness
    }

    /// The names of the points that don't hold.
    private func missing(_ chain: StakeChain) throws -> [String] {
        let readiness = try readiness(chain)
        #expect(readiness.isReady == readiness.points.allSatisfy(\.holds))
        #expect(readiness.points.allSatisfy { $0.holds == $0.reason.isEmpty })
        return readiness.points.filter { !$0.holds }.map(\.name)
    }

    @Test("is taken when the pairing is set up and nobody has power over it, and every point is told")
    func taken() throws {
        let chain = try StakeChain(validators: [1000])
        #expect(
            try readiness(chain).points.map(\.name) == [
                "converter", "converter_names_back", "price_feed", "channel", "virtual_staking_admin",
                "converter_admin", "price_feed_admin",
            ]
        )
        #expect(try missing(chain) == [])
        try offer(1000, on: chain).thenSucceeded()
        #expect(try chain.totals().cap == "1000")
    }

    @Test("is refused until the converter exists, and is one")
    func noConverter() throws {
        let chain = try StakeChain(validators: [1000])
        for name in ["nobody", "bank"] {
            try chain.configure(["converter": .string(name)]).thenSucceeded()
            try offer(1000, on: chain).thenFailed(.converterMissing, saying: name)
            #expect(
                try missing(chain) == [
                    "converter", "converter_names_back", "price_feed", "channel", "converter_admin",
                    "price_feed_admin",
                ]
            )
        }
    }

    @Test("is refused until the converter names the instance back", arguments: ["", "nobody", "bank"])
    func notNamedBack(name: String) throws {
        let chain = try StakeChain(validators: [1000])
        try chain.record(.named(name)).thenSucceeded()
        try offer(1000, on: chain).thenFailed(.converterNamesAnother)
        #expect(try missing(chain) == ["converter_names_back"])
    }

    @Test("is refused to a third instance that names a converter which belongs to another, or another's converter")
    func thirdInstance() throws {
        let chain = try StakeChain(validators: [1000], pairs: 2)
        // The second instance now wants the first one's converter.
        let second = chain.second
        try chain.configure(["converter": "converter"], at: second).thenSucceeded()
        try offer(1000, on: chain, to: second).thenFailed(.converterNamesAnother, saying: "virtual-staking")
        try offer(1000, on: chain).thenSucceeded()
        // The second one's converter now wants the first instance: what it says there means nothing.
        try chain.harness.when(recording: [.named("virtual-staking")], of: StandInConverter<SecondPlace>.self)
            .thenSucceeded()
        try chain.harness.when(recording: [.pledge("70", to: 0)], of: StandInConverter<SecondPlace>.self)
            .thenSucceeded()
        try chain.pledge([300])
        try chain.nextEpoch()
        #expect(try chain.minted(1) == [300])
        #expect(try missing(chain) == [])
    }

    @Test("is refused until the converter's price feed exists", arguments: ["", "nobody", "bank"])
    func noPriceFeed(name: String) throws {
        let chain = try StakeChain(validators: [1000])
        try chain.record(.named("virtual-staking", feed: name)).thenSucceeded()
        try offer(1000, on: chain).thenFailed(.priceFeedMissing)
        #expect(try missing(chain) == ["price_feed", "price_feed_admin"])
    }

    @Test("is refused until the channel is open, and for good when it has closed", arguments: ["none", "closed"])
    func noChannel(status: String) throws {
        let chain = try StakeChain(validators: [1000])
        try chain.record(.named("virtual-staking", channel: status)).thenSucceeded()
        try offer(1000, on: chain).thenFailed(.channelNotOpen)
        #expect(try missing(chain) == ["channel"])
    }

    @Test("is refused while anybody but the authority administers the instance, its converter or its price feed")
    func administered() throws {
        let chain = try StakeChain(validators: [1000])
        let harness = chain.harness
        let cases: [(InstanceIdentity, ModuleError.Code, String)] = [
            (try harness.identity, .virtualStakingAdministered, "virtual_staking_admin"),
            (try harness.identity(of: StandInConverter<FirstPlace>.self), .converterAdministered, "converter_admin"),
            (try harness.identity(of: StandInPriceFeed.self), .priceFeedAdministered, "price_feed_admin"),
        ]
        for authority in [nil, Self.governance] {
            try harness.when(settingAuthority: authority).thenSucceeded()
            for (instance, code, point) in cases {
                try harness.when(settingAdmin: Self.admin, of: instance).thenSucceeded()
                try offer(1000, on: chain).thenFailed(code, saying: instance.label)
                #expect(try missing(chain) == [point])
                try harness.when(settingAdmin: nil, of: instance).thenSucceeded()
            }
        }
        for (instance, _, _) in cases { try harness.when(settingAdmin: Self.governance, of: instance).thenSucceeded() }
        #expect(try missing(chain) == [])
        try offer(1000, on: chain).thenSucceeded()
    }

    @Test("is refused without a cap: virtual stake is always bounded")
    func uncapped() throws {
        let chain = try StakeChain(validators: [1000])
        try chain.harness.when(granting: .mintVirtualStake).thenFailed(.capMissing)
        #expect(try chain.totals().cap == "0")
    }

    @Test("is made again when the cap rises; what comes down, and a revocation, nobody can refuse")
    func raised() throws {
        let chain = try StakeChain(validators: [1000, 1000], cap: 1000)
        try chain.pledge([500, 300])
        try chain.nextEpoch()
        try chain.harness.when(settingAdmin: Self.admin).thenSucceeded()
        try offer(1001, on: chain).thenFailed(.virtualStakingAdministered)
        #expect(try chain.totals().cap == "1000")
        #expect(try offer(400, on: chain).thenSucceeded().events.moves == ["-250", "-150"])
        #expect(try chain.revoke().events.moves == ["-250", "-150"])
        try offer(400, on: chain).thenFailed(.virtualStakingAdministered)
    }

    @Test("of the highest cap bounds nothing that could be pledged, and overflows nothing")
    func highestCap() throws {
        let chain = try StakeChain(validators: [1000, 1000])
        try chain.harness.when(granting: .mintVirtualStake, cap: .max).thenSucceeded()
        try chain.pledge([500, 300])
        try chain.nextEpoch()
        #expect(try chain.minted(2) == [500, 300])
        #expect(try chain.grant(1).events.moves == ["-500", "-300"], "a share of less than one is none")
    }
}
