import ControlChannel
import Converter
import ConverterEvents
import Foundation
import IBC
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import Testing

@Suite("The provider's view of the validators")
struct ValidatorSyncTests {
    @Test("Once the channel is open, the provider is told of the whole active set, with keys of 32 bytes in base64")
    func wholeSet() throws {
        let chain = try ConsumerChain()
        try chain.openChannel()
        #expect(try chain.harness.query(.with { $0.synchronisation = .init() }).synchronisation.touchedValidators == 3)
        let height = chain.harness.block.height
        let time = chain.harness.block.time
        let sent = try chain.harness.nextBlock().sentPackets
        #expect(sent.count == 1)
        let packet = try #require(sent.first)
        let update = try #require(try packet.validatorSetUpdate())
        #expect(update.height == height)
        #expect(update.timeSeconds == time.wholeSeconds)
        #expect(Set(update.additions.map(\.operatorAddress)) == Set((1...3).map(chain.validator)))
        for number in 1...3 {
            let found = update.additions.first { $0.operatorAddress == chain.validator(number) }
            #expect(found?.consensusKey == ConsumerChain.key(number))
            #expect(packet.text.contains(Data(ConsumerChain.key(number)).base64EncodedString()))
        }
        #expect(
            packet.text.hasSuffix(
                #""removals":[],"updated":[],"jailed":[],"unjailed":[],"tombstoned":[],"slashed":[]}}"#
            )
        )
        #expect(packet.timeoutTimestamp == time.nanoseconds + TimeSpan.days(1).nanoseconds)
        #expect(try chain.notices.map(\.notice.validatorCount) == [3])
        try chain.acknowledge(packet)
        #expect(try chain.notices.isEmpty)
        #expect(try chain.harness.nextBlock().sentPackets.isEmpty)
    }

    @Test("On 0.11.0 the keys are told as well")
    func reference() throws {
        let chain = try ConsumerChain(["versions": ["minimum": "0.11.0", "maximum": "0.11.0"]])
        try chain.openChannel(version: "0.11.0")
        let packet = try #require(try chain.harness.nextBlock().sentPackets.first)
        let update = try #require(try packet.validatorSetUpdate(.reference))
        #expect(update.additions.allSatisfy { $0.consensusKey?.count == 32 })
    }

    @Test("A block's changes become one packet; a validator that enters the set or leaves it is told, power is not")
    func changes() throws {
        let chain = try ConsumerChain.paired()
        try chain.addValidator(4)
        try chain.jail(1)
        let update = try #require(try chain.update())
        #expect(update.additions.map(\.operatorAddress) == [chain.validator(4)])
        #expect(update.jailed == [chain.validator(1)])
        #expect(update.removals.isEmpty)
        let delegation = StakingMessage.with {
            $0.delegate.validator = chain.validator(2)
            $0.delegate.amount.denom = "stake"
            $0.delegate.amount.amount = "5000000"
        }
        try chain.harness.when(delegation, to: NativeStaking.self, from: ConsumerChain.operatorAccount(2))
            .thenSucceeded()
        #expect(try chain.harness.nextBlock().sentPackets.isEmpty)
    }

    @Test("Jailed, back, gone and tombstoned: each standing is told once, as it is at the end of the block")
    func standings() throws {
        let chain = try ConsumerChain.paired()
        try chain.jail(1)
        try chain.unjail(1)
        #expect(try chain.update() == nil, "nothing has changed for the provider")
        try chain.jail(1)
        #expect(try chain.update()?.jailed == [chain.validator(1)])
        try chain.unjail(1)
        #expect(try chain.update()?.additions.map(\.operatorAddress) == [chain.validator(1)])
        try chain.jail(2)
        try chain.tombstone(2)
        let last = try #require(try chain.update())
        #expect(last.tombstoned == [chain.validator(2)])
        #expect(last.jailed.isEmpty)
    }

    @Test("A validator that leaves the active set for another is told as removed")
    func removal() throws {
        let chain = try ConsumerChain.paired()
        let undelegation = StakingMessage.with {
            $0.undelegate.validator = chain.validator(3)
            $0.undelegate.amount.denom = "stake"
            $0.undelegate.amount.amount = "1500000"
        }
        try chain.harness.when(undelegation, to: NativeStaking.self, from: ConsumerChain.operatorAccount(3))
            .thenSucceeded()
        let update = try #require(try chain.update())
        #expect(update.removals == [chain.validator(3)])
    }

    @Test("A packet that is lost or refused is sent again with the same content, until it is acknowledged")
    func again() throws {
        let chain = try ConsumerChain.paired()
        try chain.jail(1)
        let first = try #require(try chain.harness.nextBlock().sentPackets.first)
        try chain.timeOut(first)
        let second = try #require(try chain.harness.nextBlock().sentPackets.first)
        #expect(second.data == first.data)
        #expect(second.sequence > first.sequence)
        try chain.acknowledge(second, #"{"error":"not now"}"#)
        #expect(try chain.notices.map(\.notice.error) == ["not now"])
        #expect(try chain.harness.nextBlock().sentPackets.isEmpty, "a refused packet waits a while")
        // It has been refused after two attempts: two minutes.
        #expect(try chain.harness.nextBlock(after: .minutes(2)).sentPackets.isEmpty)
        let third = try #require(try chain.harness.nextBlock().sentPackets.first)
        #expect(third.data == first.data)
        #expect(try chain.notices.map(\.notice.attempts) == [3])
        try chain.acknowledge(third)
        #expect(try chain.notices.isEmpty)
        #expect(try chain.harness.nextBlock(after: .days(2)).sentPackets.isEmpty)
    }

    @Test("While nothing can be sent, nothing is lost: one packet says how things stand afterwards")
    func frozen() throws {
        let chain = try ConsumerChain.paired()
        try chain.setClientFrozen(true)
        try chain.jail(1)
        #expect(try chain.harness.nextBlock().sentPackets.isEmpty)
        try chain.addValidator(4)
        #expect(try chain.harness.nextBlock().sentPackets.isEmpty)
        try chain.unjail(1)
        try chain.jail(2)
        try chain.setClientFrozen(false)
        let update = try #require(try chain.update())
        #expect(update.additions.map(\.operatorAddress) == [chain.validator(4)])
        #expect(update.jailed == [chain.validator(2)])
    }

    @Test("A large set is split into packets that fit")
    func split() throws {
        let chain = try ConsumerChain()
        try chain.openChannel()
        let names = (0..<400).map { number in
            chain.harness.addresses.format(.named("many \(number)"), as: .validatorOperator)
        }
        let event = ConverterEvent.with { $0.validatorsTouched.validators = names }
        try chain.harness.when(recording: [event], of: Converter.self).thenSucceeded()
        try chain.harness.nextBlock()
        let left = try chain.harness.query(.with { $0.synchronisation = .init() }).synchronisation.touchedValidators
        #expect(left == 0)
    }

    @Test("Whatever happens to validators, a converter takes no part in it: it looks at the end of the block, once")
    func ownHook() throws {
        for isPaired in [true, false] {
            let chain = isPaired ? try ConsumerChain.paired() : try ConsumerChain()
            let punishments = (0..<150).flatMap { _ in
                [
                    StakingEvent.with { $0.validatorJailed.validator = chain.validator(1) },
                    StakingEvent.with { $0.validatorUnjailed.validator = chain.validator(1) },
                ]
            }
            let outcome = try chain.harness.when(recording: punishments, of: NativeStaking.self).thenSucceeded()
            #expect(outcome.emitted.isEmpty)
            #expect(outcome.events.count == punishments.count)
            // One notice of bounded length in a block, the rest in the next; nothing where there is no channel.
            for _ in 0..<2 {
                let ended = try chain.harness.nextBlock().ended.of(ConverterEvent.self)
                #expect(ended.count { $0.validatorsTouched.hasNextChange } == (isPaired ? 1 : 0))
                if !isPaired { #expect(ended.isEmpty) }
            }
            #expect(try chain.harness.nextBlock().ended.of(ConverterEvent.self).isEmpty)
        }
    }

    @Test("Who has fallen behind native staking's journal looks at all validators, and tells the same")
    func behind() throws {
        let chain = try ConsumerChain.paired()
        let events = (0..<8_200).map { number in
            StakingEvent.with {
                if number % 2 == 0 {
                    $0.validatorJailed.validator = chain.validator(1)
                } else {
                    $0.validatorUnjailed.validator = chain.validator(1)
                }
            }
        }
        try chain.harness.when(recording: events, of: NativeStaking.self).thenSucceeded()
        try chain.jail(3)
        let update = try #require(try chain.update())
        #expect(update.jailed == [chain.validator(3)])
        #expect(update.additions.isEmpty)
        #expect(try chain.harness.nextBlock().sentPackets.isEmpty)
    }

    @Test("A slash is told for information, as a fraction of what is pledged, also at price zero")
    func slash() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("1000")
        try chain.setPrice("0")
        try chain.harness.nextBlock()
        try chain.record(
            .with {
                $0.slashStarted.slash = 0
                $0.slashStarted.validator = chain.validator(1)
                $0.slashStarted.infractionHeight = 1
                $0.slashStarted.power = 2
                $0.slashStarted.fraction = "0.050000000000000000"
                $0.slashStarted.amount = "100000"
                $0.slashStarted.timeNanoseconds = chain.harness.block.time.nanoseconds
            }
        )
        let update = try #require(try chain.update())
        let slash = try #require(update.slashed.first)
        #expect(slash.validator == chain.validator(1))
        #expect(slash.amount.description == "50uosmo")
        #expect(slash.ratio == (try Decimal18("0.05")))
        #expect(slash.power == 2)
        #expect(try chain.pledged(1) == "1000", "only evidence on the provider lowers a pledge")
    }

    @Test("The fate of a packet that nobody here knows of changes nothing")
    func strangePacket() throws {
        let chain = try ConsumerChain.paired()
        let outcome = try chain.acknowledge(
            .with {
                $0.sequence = 77
                $0.sourcePort = try chain.port
                $0.sourceChannel = "channel-0"
                $0.destinationPort = ConsumerChain.providerPort
                $0.destinationChannel = "channel-7"
                $0.data = Data("{}".utf8)
                $0.timeoutHeight = .init()
                $0.timeoutTimestamp = 1
            }
        )
        #expect(outcome.emitted.isEmpty)
    }
}

extension ConsumerChain {
    /// Ends the block; what it tells of validators, which is acknowledged. Nil where it tells nothing.
    func update() throws -> ValidatorSetUpdatePacket? {
        let sent = try harness.nextBlock().sentPackets
        for packet in sent { try acknowledge(packet) }
        #expect(sent.count <= 1)
        return try sent.first?.validatorSetUpdate()
    }
}
