import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting

/// A transcript carried out on our modules: two chains or more, packets by hand, and what was seen after each step.
final class Rehearsal {
    let transcript: Transcript
    let cast: Cast
    let provider: ProviderChain
    let consumers: [ConsumerChain]
    var names = Names()
    var book = PacketBook()
    /// How many texts of states were compared.
    var comparedCount = 0

    var reference = ReferenceState()
    var users: [String] = []
    /// How much higher the heights of the transcript are, by consumer.
    var heightsAhead: [UInt64]

    init(_ transcript: Transcript, _ cast: Cast) throws {
        self.transcript = transcript
        self.cast = cast
        let provider = try ProviderChain(transcript)
        self.provider = provider
        consumers = try (0..<transcript.consumers).map { try ConsumerChain(transcript, provider: provider, number: $0) }
        heightsAhead = consumers.map { _ in 90 }
        for name in (1...9).map({ "cval\($0)" }) {
            names.add(consumers[0].operatorText(try Names.validator(name)), for: name)
            names.add(Data(Names.key(name)).base64EncodedString(), for: "TODO")
        }
        try connect()
    }

    /// Opens the channels, and has the provider told of the validators; all that is done before the first step.
    private func connect() throws {
        while provider.harness.block.height < 10 {
            _ = try nextBlock(after: 5).map { try $0.requireSuccess() }
        }
        for number in consumers.indices { try open(number) }
        let sent = try nextBlock(after: 5)
        for (number, happening) in sent.dropFirst().enumerated() {
            for packet in happening.sentPackets {
                let said = packets([happening], from: "c", consumer: number).first?.text ?? ""
                guard said == Self.firstPacket(transcript.consumer.validators) else { throw Surprise(said) }
                let received = try provider.relay(.with { $0.receivePacket.packet = packet }).requireSuccess()
                guard received.acknowledgement == Data(#"{"result":"e30="}"#.utf8) else {
                    throw Surprise("\(received)")
                }
                try consumers[number].relay(
                    .with {
                        $0.acknowledgePacket.packet = packet
                        $0.acknowledgePacket.acknowledgement = received.acknowledgement ?? Data()
                    }
                ).requireSuccess()
            }
        }
        _ = try nextBlock(after: 5)
    }

    /// What every consumer of the reference says first, in block 100.
    private static func firstPacket(_ validators: [String]) -> String {
        let additions = validators.map { #"{"valoper":"\#($0)","pub_key":"TODO"}"# }.joined(separator: ",")
        return
            #"{"valset_update":{"height":100,"time":1700000000,"additions":[\#(additions)],"removals":[],"updated":[],"#
            + #""jailed":[],"unjailed":[],"tombstoned":[],"slashed":[]}}"#
    }

    private func open(_ number: Int) throws {
        let (consumer, port) = (consumers[number], provider.port(number))
        let channel = "channel-\(number)"
        let version = #"{"protocol":"mesh-security","version":"0.11.0"}"#
        let ends: [(InterchainMessage, Bool)] = [
            (
                .with {
                    $0.channelOpenInit.portID = ConsumerChain.port
                    $0.channelOpenInit.connectionID = "connection-0"
                    $0.channelOpenInit.ordering = .unordered
                    $0.channelOpenInit.counterpartyPortID = port
                }, true
            ),
            (
                .with {
                    $0.channelOpenTry.portID = port
                    $0.channelOpenTry.connectionID = "connection-\(number)"
                    $0.channelOpenTry.ordering = .unordered
                    $0.channelOpenTry.counterparty.portID = ConsumerChain.port
                    $0.channelOpenTry.counterparty.channelID = "channel-0"
                    $0.channelOpenTry.counterpartyVersion = version
                }, false
            ),
            (
                .with {
                    $0.channelOpenAck.portID = ConsumerChain.port
                    $0.channelOpenAck.channelID = "channel-0"
                    $0.channelOpenAck.counterpartyChannelID = channel
                    $0.channelOpenAck.counterpartyVersion = version
                }, true
            ),
            (
                .with {
                    $0.channelOpenConfirm.portID = port
                    $0.channelOpenConfirm.channelID = channel
                }, false
            ),
        ]
        for (message, isConsumer) in ends {
            let happening = try isConsumer ? consumer.relay(message) : provider.relay(message)
            for event in try happening.requireSuccess().events.of(InterchainEvent.self) {
                guard case .channelAccepted(let accepted) = event.event else { continue }
                guard accepted.version == version else { throw Surprise(accepted.version) }
            }
        }
        // Virtual staking takes no grant before the channel is open.
        if let cap = transcript.consumer.maxCap { try consumer.setCap(cap).requireSuccess() }
    }
}

/// Something that can't be compared, because it should not be so at all.
struct Surprise: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
