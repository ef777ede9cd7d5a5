import IBC
import ModuleKit
import ModuleTesting
import Testing
import Transfer
import TransferEvents

/// Two chains that send each other two tokens, at random, with packets on their way, refused and late, while
/// the right to mint comes and goes.
struct Traffic {
    /// A packet on its way, or delivered and not yet settled.
    struct Journey {
        let packet: Ibc_Core_Channel_V1_Packet
        /// The place of the sending chain.
        let origin: Int
        let token: Int
        let amount: UInt64
        /// What the receiving chain said; nil until it has received the packet.
        var acknowledgement: String?
    }

    /// One token at home on each chain.
    static let tokens = ["uatom", "uosmo"]
    static let users = (0..<3).map { Address.named("user \($0)") }
    /// Who has coins in the beginning: the users, and the kiosk, which sends by orders.
    static let holders = users + [Address(moduleName: "kiosk")]

    let chains: [TransferChain]
    let ends: [ChannelEndID]
    var journeys: [Journey] = []

    init() throws {
        chains = [
            try TransferChain("hub-1", balances: Self.holders.map { ($0, "200uatom") }),
            try TransferChain("zone-1", firstChannel: 7, balances: Self.holders.map { ($0, "200uosmo") }),
        ]
        let (here, there) = try chains[0].connect(to: chains[1])
        ends = [here, there]
    }

    /// What a chain's bank calls a token.
    func denomination(_ token: Int, on chain: Int) throws -> String {
        guard token != chain else { return Self.tokens[token] }
        return try DenominationTrace(hops: [ends[chain]], base: Self.tokens[token]).denomination
    }

    /// Begins with a refund that is owed on each chain, which has lost the right to mint.
    func owe() throws {
        let user = Self.users[0]
        for token in 0...1 {
            let (home, away) = (chains[token], chains[1 - token])
            let packet = try home.send("50\(Self.tokens[token])", through: ends[token], from: user, to: away.text(user))
            try home.acknowledge(packet, try away.receive(packet).acknowledgement)
            let coin = "20\(try denomination(token, on: 1 - token))"
            let returning = try away.send(coin, through: ends[1 - token], from: user, to: "nobody")
            away.harness.withhold(.transferMintVouchers)
            #expect(try away.timeOut(returning).kinds == ["refund_owed"])
        }
        try check("when refunds are owed")
    }

    mutating func step(_ random: inout SplitMix64) throws {
        switch Int.random(in: 0..<10, using: &random) {
        case 0...2: try send(&random)
        case 3...4: try deliver(&random)
        case 5...6: try settle(&random)
        case 7: try timeOut(&random)
        case 8: toggleMinting(&random)
        default: try retry(&random)
        }
    }

    /// Pays all refunds that are owed.
    func payAll() throws {
        for chain in chains {
            chain.harness.grant(.transferMintVouchers)
            for owed in try chain.owedRefunds() { try chain.retryRefund(owed).thenSucceeded() }
        }
    }

    private func toggleMinting(_ random: inout SplitMix64) {
        let harness = chains[Int.random(in: 0...1, using: &random)].harness
        if Bool.random(using: &random) {
            harness.withhold(.transferMintVouchers)
        } else {
            harness.grant(.transferMintVouchers)
        }
    }

    private mutating func retry(_ random: inout SplitMix64) throws {
        let chain = chains[Int.random(in: 0...1, using: &random)]
        guard let owed = try chain.owedRefunds().randomElement(using: &random) else { return }
        // It may still be impossible.
        try chain.retryRefund(owed)
    }

    private mutating func send(_ random: inout SplitMix64) throws {
        let chain = Int.random(in: 0...1, using: &random)
        let token = Int.random(in: 0...1, using: &random)
        let amount = UInt64.random(in: 1...90, using: &random)
        let user = Self.users[Int.random(in: 0..<3, using: &random)]
        let receiver = Int.random(in: 0..<4, using: &random)
        let other = chains[1 - chain]
        let receivers = [other.text(user), other.text(Self.users[0]), other.text(other.kiosk), "nobody"]
        let coin = "\(amount)\(try denomination(token, on: chain))"
        let outcome: Outcome<Transfer>
        if Int.random(in: 0..<4, using: &random) == 0 {
            let order = try chains[chain].order(coin, through: ends[chain], to: receivers[receiver])
            outcome = try chains[chain].tryOrder(order)
        } else {
            outcome = try chains[chain].trySend(coin, through: ends[chain], from: user, to: receivers[receiver])
        }
        // Too little, or a voucher that has never come here.
        guard let packet = outcome.sentPackets.first else { return }
        journeys.append(Journey(packet: packet, origin: chain, token: token, amount: amount))
    }

    private mutating func deliver(_ random: inout SplitMix64) throws {
        guard let index = journey(&random, isDelivered: false) else { return }
        let received = try chains[1 - journeys[index].origin].receive(journeys[index].packet)
        journeys[index].acknowledgement = received.acknowledgement
    }

    private mutating func settle(_ random: inout SplitMix64) throws {
        guard let index = journey(&random, isDelivered: true) else { return }
        let journey = journeys.remove(at: index)
        try chains[journey.origin].acknowledge(journey.packet, journey.acknowledgement ?? "")
    }

    private mutating func timeOut(_ random: inout SplitMix64) throws {
        guard let index = journey(&random, isDelivered: false) else { return }
        let journey = journeys.remove(at: index)
        try chains[journey.origin].timeOut(journey.packet)
    }

    private func journey(_ random: inout SplitMix64, isDelivered: Bool) -> Int? {
        journeys.indices.filter { (journeys[$0].acknowledgement != nil) == isDelivered }.randomElement(using: &random)
    }

    /// What is on its way or was refused, and is in no account on either chain but escrow.
    private func pending(_ token: Int) -> UInt64 {
        journeys.filter { $0.token == token && $0.acknowledgement != #"{"result":"AQ=="}"# }.map(\.amount).reduce(0, +)
    }

    /// What was burned on the chain that the token came to, and could not be minted again yet.
    private func owed(_ token: Int) throws -> UInt64 {
        let denom = try denomination(token, on: 1 - token)
        return try chains[1 - token].owedRefunds().filter { $0.wasBurned && $0.parcel.token.denom == denom }
            .map { try #require(UInt64($0.parcel.token.amount)) }.reduce(0, +)
    }

    /// Escrow is what has gone: the vouchers on the other chain, those that are owed there, and what is on its way, either
    /// way. Nothing is owed at home, because what escrow holds can always be given back.
    func check(_ place: String) throws {
        for token in 0...1 {
            let (home, away) = (chains[token], chains[1 - token])
            let denom = Self.tokens[token]
            let vouchers = try #require(UInt64(try away.supply(try denomination(token, on: 1 - token))))
            let recorded = try home.harness.query(.with { $0.escrowTotal.denomination = denom }).escrowTotal.amount
            #expect(recorded == "\(vouchers + pending(token) + (try owed(token)))", "\(denom) \(place)")
            #expect(try home.owedRefunds().allSatisfy(\.wasBurned), "\(denom) \(place)")
            #expect(try home.escrowBalance(ends[token], denom) == recorded, "\(denom) \(place)")
        }
    }
}

@Suite("Conservation")
struct ConservationTests {
    @Test("Escrow is what has gone, after every send, receipt, refusal, timeout and owed refund")
    func conservation() throws {
        var random = try SplitMix64.seeded()
        var traffic = try Traffic()
        try traffic.owe()
        for step in 0..<400 {
            try traffic.step(&random)
            try traffic.check("after step \(step)")
        }
        while !traffic.journeys.isEmpty { try traffic.step(&random) }
        try traffic.check("when all is settled")
        try traffic.payAll()
        try traffic.check("in the end")
        for chain in traffic.chains { #expect(try chain.owedRefunds().isEmpty && chain.openOrders().isEmpty) }
        for (chain, token) in zip(traffic.chains, Traffic.tokens) {
            try chain.finish()
            #expect(try chain.supply(token) == (token == "uatom" ? "1300" : "800"))
        }
        #expect(try traffic.chains[0].balance(TransferChain.relayer) == "500")
    }

    @Test("Both chains come to the same in two processes")
    func deterministic() throws {
        try DeterminismCheck().run { random in
            var traffic = try Traffic()
            try traffic.owe()
            for _ in 0..<60 { try traffic.step(&random) }
            for chain in traffic.chains { try chain.finish() }
            return try traffic.chains.flatMap { try $0.harness.digest() }
        }
    }
}
