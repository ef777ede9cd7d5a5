import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting

/// Steps.
extension Rehearsal {
    /// Carries one step out.
    ///
    /// - Returns: what differs: the reference's text and ours by name; nil for a note.
    func carryOut(_ step: Transcript.Step) throws -> [String: (theirs: String, ours: String)]? {
        guard let op = step.op, let arguments = step.args else { return nil }
        if op == "fund", let user = arguments.user { welcome(user) }
        if let recipient = arguments.recipient { welcome(recipient: recipient) }
        reference.follow(step.state)
        let consumer = arguments.c ?? 0
        let result = try perform(op, arguments, answer: step.ack)
        var happenings = [result.provider, result.consumer]
        if op != "fund" {
            for ended in try pass(after: op, arguments) {
                happenings[0] = happenings[0] + ended[0].withoutError
                happenings[1] = happenings[1] + ended[consumer + 1].withoutError
            }
        }
        let state = reference.observation(cast)
        var theirs = state
        if result.outcome != nil {
            theirs["outcome"] = step.error == nil ? "accepted" : "refused"
            theirs["acknowledgement"] = Self.kept(step.ack ?? "")
        }
        let said = (step.packets ?? []).filter { cast.has($0.side) }
        for packet in said {
            theirs[PacketBook.Key(side: packet.side, consumer: consumer, sequence: packet.sequence).name] = packet.data
        }
        enrol((step.packets ?? []).filter { !cast.has($0.side) }, consumer)
        let sent = ["p", "c"].filter { cast.has($0) }.flatMap { side in
            packets([happenings[side == "p" ? 0 : 1]], from: side, consumer: consumer)
        }
        var ours = book.match(sent, with: said, consumer: consumer)
        if let outcome = result.outcome {
            ours["outcome"] = outcome
            ours["acknowledgement"] = Self.kept(result.acknowledgement)
        }
        if cast.hasProvider { ours = ours.merging(try provider.observe(users, names)) }
        if cast.hasConsumer { ours = ours.merging(try consumers[0].observe(names)) }
        comparedCount += state.count
        var found: [String: (theirs: String, ours: String)] = [:]
        for (name, text) in theirs.differences(to: ours) { found[name] = (theirs[name], text) }
        return found
    }

    /// Ends blocks as the transcript does after a step; what came of it on each chain.
    private func pass(after op: String, _ arguments: Transcript.Arguments) throws -> [[Happening]] {
        var blocks: [[Happening]] = []
        if op == "advance", let seconds = arguments.seconds {
            // What is due by then is paid at the end of a block before the next step, as where there are many blocks.
            blocks.append(try nextBlock(after: seconds - 5))
            heightsAhead = heightsAhead.map { $0 + seconds / 5 - 2 }
        }
        let hasEnded = op == "epoch" && cast.hasConsumer
        if hasEnded { heightsAhead[arguments.c ?? 0] -= 1 }
        blocks.append(try nextBlock(after: 5, skipping: hasEnded ? arguments.c ?? 0 : nil))
        return blocks
    }

    /// Takes packets of the reference over, in our words.
    private func enrol(_ packets: [Transcript.SentPacket], _ consumer: Int) {
        for packet in packets {
            let ports = [provider.port(consumer), ConsumerChain.port]
            let channels = ["channel-\(consumer)", "channel-0"]
            let (source, destination) = packet.side == "p" ? (0, 1) : (1, 0)
            let lifetime: UInt64 = packet.side == "p" ? 600 : 86_400
            // The block in which it was sent has ended.
            let time = provider.harness.block.time.nanoseconds - 5_000_000_000
            let data = Data(names.ours(packet.data).utf8)
            let wire = Ibc_Core_Channel_V1_Packet.with {
                $0.sequence = packet.sequence
                $0.sourcePort = ports[source]
                $0.sourceChannel = channels[source]
                $0.destinationPort = ports[destination]
                $0.destinationChannel = channels[destination]
                $0.data = data
                $0.timeoutHeight = .init()
                $0.timeoutTimestamp = time + lifetime * 1_000_000_000
            }
            let key = PacketBook.Key(side: packet.side, consumer: consumer, sequence: packet.sequence)
            book.packets[key] = PacketBook.Sent(
                side: packet.side,
                consumer: consumer,
                packet: wire,
                text: packet.data
            )
        }
    }

    private func welcome(_ user: String) {
        users.append(user)
        names.add(provider.text(provider.account(user)), for: user)
    }

    private func welcome(recipient: String) {
        guard recipientText(recipient) != recipient else { return }
        consumers[0].recipients.insert(recipient)
        names.add(recipientText(recipient), for: recipient)
    }

    /// The account of the consumer that a transcript names so; what names none is as it is.
    func recipientText(_ name: String) -> String {
        name.hasSuffix("-on-consumer") ? consumers[0].text(.named(name)) : name
    }

    /// Error texts are not compared; that there is one is.
    private static func kept(_ acknowledgement: String) -> String {
        acknowledgement.hasPrefix(#"{"error":"#) ? "an error" : acknowledgement
    }

    /// Ends the block on every chain, but for a consumer that has ended it.
    func nextBlock(after seconds: UInt64, skipping consumer: Int? = nil) throws -> [Happening] {
        let first = try provider.nextBlock(after: seconds)
        return [first]
            + (try consumers.enumerated().map { number, chain in
                number == consumer ? Happening() : try chain.nextBlock(after: seconds)
            })
    }

    /// The packets among events, in the reference's words and with its heights.
    func packets(_ happenings: [Happening], from side: String, consumer: Int) -> [PacketBook.Sent] {
        happenings.flatMap(\.sentPackets).compactMap { packet in
            // The provider of several consumers has several ports.
            if side == "p", packet.sourcePort != provider.port(consumer) { return nil }
            var text = names.translated(String(decoding: packet.data, as: UTF8.self))
            for name in ["height", "infraction_height"] { text = raise(name, in: text, by: heightsAhead[consumer]) }
            return PacketBook.Sent(side: side, consumer: consumer, packet: packet, text: text)
        }
    }

    private func raise(_ name: String, in text: String, by heightsAhead: UInt64) -> String {
        guard let range = text.range(of: "\"\(name)\":") else { return text }
        let digits = text[range.upperBound...].prefix { $0.isNumber }
        guard let height = UInt64(digits) else { return text }
        return text.replacingCharacters(in: digits.startIndex..<digits.endIndex, with: String(height + heightsAhead))
    }
}
