import IBC
import InterchainEvents
public import ModuleKit

extension Interchain {
    /// What must always hold: clients and connections are as they should be; channels are counted, owned, accepted and
    /// have sequences; what waits for an acknowledgement was sent.
    ///
    /// A walk over all clients, channels and packets that are not settled: for audits and tests.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations = try clientViolations(state)
        let counted = try counters.value(in: state)?.channels ?? 0
        var ends = 0
        try channelPorts.forEach(in: state) { (number, port) throws(ModuleError) in
            let id = try ChannelEndID(portID: port, channelID: ChannelID(number: number).text)
            if number >= counted {
                violations.append(InvariantViolation("channels-are-counted", "\(id) exists, \(counted) are counted"))
            }
            ends += 1
            try check(id, state, &violations)
            return true
        }
        var numbered = 0
        try channels.forEach(in: state) { (_, _) throws(ModuleError) in
            numbered += 1
            return true
        }
        if numbered != ends {
            violations.append(InvariantViolation("channels-are-counted", "\(numbered) exist, \(ends) have a number"))
        }
        try packetCommitments.forEach(in: state) { (path, _) throws(ModuleError) in
            guard let (id, sequence) = path.packetPlace,
                let next = try nextSequenceSends.value(for: .nextSequenceSend(id), in: state), sequence < next
            else {
                violations.append(InvariantViolation("commitments-are-of-sent-packets", path.text))
                return true
            }
            return true
        }
        return violations
    }

    private func check(_ id: ChannelEndID, _ state: StateReader, _ violations: inout [InvariantViolation])
        throws(ModuleError)
    {
        guard let end = try channels.value(for: .channelEnd(id), in: state),
            try ports.contains(id.port.text, in: state)
        else {
            violations.append(InvariantViolation("channels-are-owned", "\(id) has no end, or its port no owner"))
            return
        }
        if end.isAwaitingAcceptance {
            violations.append(InvariantViolation("channels-are-accepted", "\(id) has no version"))
        }
        let sequences = [
            try nextSequenceSends.value(for: .nextSequenceSend(id), in: state),
            try nextSequenceReceives.value(for: .nextSequenceReceive(id), in: state),
            try nextSequenceAcknowledges.value(for: .nextSequenceAcknowledge(id), in: state),
        ]
        if sequences.contains(where: { ($0 ?? 0) == 0 }) {
            violations.append(InvariantViolation("channels-have-sequences", "\(id) lacks one"))
        }
    }
}

extension StorePath {
    /// The end and the sequence in a path of a packet: `commitments/ports/{port}/channels/{channel}/sequences/{sequence}`.
    fileprivate var packetPlace: (end: ChannelEndID, sequence: UInt64)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 7, let sequence = UInt64(parts[6]),
            let end = try? ChannelEndID(portID: parts[2], channelID: parts[4])
        else { return nil }
        return (end, sequence)
    }
}
