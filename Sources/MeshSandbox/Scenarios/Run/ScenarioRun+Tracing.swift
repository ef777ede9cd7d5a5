import IBC
import InterchainEvents
import MeshHost
import ModuleKit

/// Putting down what a step of the network did.
extension ScenarioRun {
    /// Notes what happened, and takes it into account.
    func absorb(_ report: StepReport) {
        for block in report.blocks { absorb(block) }
        for delivery in report.withheld {
            note("the relayer of \(delivery.path) \(delivery.verb) \(delivery.subject(in: self))")
        }
    }

    private func absorb(_ block: BlockReport) {
        let chain = name(ofChain: block.chainID)
        for transaction in block.transactions {
            let hash = transaction.result.hash
            if let label = labels[hash] { outcomes[label] = transaction }
            absorb(transaction, on: chain, at: block.height)
        }
        for record in block.records {
            guard let movement = PacketMovement(record) else {
                if let text = record.shown { note(text, on: chain, at: block.height) }
                continue
            }
            let packet = packets.note(movement, opposite: opposite)
            if movement.step == .sent, let packet { label(packet, sentBy: record.sequence, in: block) }
            note(text(of: movement, packet), on: chain, at: block.height)
        }
    }

    private func absorb(_ transaction: TransactionReport, on chain: String, at height: UInt64) {
        for delivery in transaction.deliveries {
            guard case .forged(let forgery) = delivery.treatment, let error = transaction.error else { continue }
            refusedForgeries[delivery.path, default: 0] += 1
            let subject = delivery.subject(in: self)
            note("refuses a forged \(forgery.rawValue) about \(subject): \(error)", on: chain, at: height)
        }
        // What relayers do shows in what it leads to.
        guard transaction.deliveries.isEmpty, !transaction.transaction.sender.isEmpty else { return }
        let instances = transaction.transaction.instances.joined(separator: ", ")
        let result = transaction.error.map { "failed, \($0)" } ?? "done"
        note("\(transaction.transaction.sender) asks \(instances): \(result)", on: chain, at: height)
    }

    /// Gives a packet the label of the transaction that sent it.
    private func label(_ packet: PacketBook.Packet, sentBy event: UInt64, in block: BlockReport) {
        let sender = block.transactions.first { $0.result.events.contains(event) }
        guard let sender, let label = labels[sender.result.hash], labelledPackets[label] == nil else { return }
        labelledPackets[label] = packet.key
        packetLabels[packet.key] = label
    }

    private func text(of movement: PacketMovement, _ packet: PacketBook.Packet?) -> String {
        let subject = packet.map { self.subject(of: $0.key) } ?? "packet \(movement.end)#\(movement.sequence)"
        switch movement.step {
        case .sent:
            if let summary = ControlPacketSummary(movement.data) { return "\(subject) is sent: \(summary)" }
            guard let data = try? FungibleTokenPacketData(json: movement.data) else { return "\(subject) is sent" }
            return "\(subject) is sent: \(data.amount) \(data.trace.path) to \(data.receiver.shownShort)"
        case .received: return "\(subject) is received"
        case .answered: return "\(subject) is answered: \(movement.answer)"
        case .acknowledged: return "\(subject) is acknowledged: \(movement.answer)"
        case .timedOut: return "\(subject) has timed out"
        }
    }

    /// A packet's number at the end that sent it; the long name of a control channel's end is left to its path.
    private func number(of key: PacketBook.Key) -> String {
        let path = network.relayers.lazy.flatMap(\.paths).first { path in
            [path.first, path.second].contains { PacketBook.End($0) == key.source }
        }
        guard let path, scenario.pairings.contains(where: { $0.control.name == path.name }) else {
            return "\(key.source.end)#\(key.sequence)"
        }
        return "\(name(ofChain: key.source.chainID))'s \(path.name)#\(key.sequence)"
    }

    /// What a packet is called: by its label, or by its end and number.
    func subject(of key: PacketBook.Key) -> String {
        let number = number(of: key)
        // Labels given for want of a name are no names.
        guard let label = packetLabels[key], label.isScenarioName else { return "packet \(number)" }
        return "packet \(label) (\(number))"
    }
}

extension PacketMovement {
    /// What was answered, for people.
    fileprivate var answer: String {
        switch try? Acknowledgement(json: acknowledgement) {
        case .result: "done"
        case .error(let text): "refused, \(text.shownShort)"
        default: "unreadable"
        }
    }
}

extension Delivery {
    /// What the relayer does with it.
    fileprivate var verb: String {
        switch treatment {
        case .dropped: "drops"
        case .delayed(let steps): "holds back for \(steps) steps"
        default: "withholds"
        }
    }

    /// What it is about.
    fileprivate func subject(in run: ScenarioRun) -> String {
        guard let packet else { return kind.rawValue }
        // The packet's source is on one of the two chains: an acknowledgement comes from where the packet went.
        let sender = kind == .acknowledgePacket || kind == .timeOutPacket || kind == .timeOutPacketOnClose
        let end = PacketBook.End(chainID: sender ? target : source, end: packet.source.description)
        let subject = run.subject(of: PacketBook.Key(source: end, sequence: packet.sequence))
        return kind == .acknowledgePacket ? "the acknowledgement of \(subject)" : subject
    }
}

extension InterchainRecord {
    /// What people want to know of clients, connections and channels; nil for what is routine.
    fileprivate var shown: String? {
        switch event.event {
        case .clientCreated(let event): "client \(event.clientID) is made"
        case .clientFrozen(let event): "client \(event.clientID) is frozen"
        case .clientUnfrozen(let event): "client \(event.clientID) goes on"
        case .connectionOpenAck(let event), .connectionOpenConfirm(let event): "\(event.connectionID) is open"
        case .channelOpenAck(let event), .channelOpenConfirm(let event): "\(event.portID)/\(event.channelID) is open"
        case .channelCloseInit(let event), .channelClosed(let event): "\(event.portID)/\(event.channelID) is closed"
        default: nil
        }
    }
}
