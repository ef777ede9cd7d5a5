import IBC
import MeshHost
import ModuleKit
import TransferEvents

/// For each end of a channel and each token: what waits in escrow is what exists beyond as vouchers, and what is on its way
/// in either direction.
///
/// A packet counts as on its way until it is received, and after it was refused until its sender knows.
struct EscrowConservation: SimulationInvariant {
    static let name = "escrow"
    let moment = SimulationMoment.always

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        let underWay = try PacketsUnderWay(world)
        var lines: [String] = []
        for path in world.paths where path.first.port == .transfer && path.second.port == .transfer {
            lines += try violations(of: path.first, path.second, underWay, in: world)
            lines += try violations(of: path.second, path.first, underWay, in: world)
        }
        return lines
    }

    /// Looks at the tokens that left through one end.
    private func violations(
        of here: RelayPath.End,
        _ there: RelayPath.End,
        _ underWay: PacketsUnderWay,
        in world: SimulationWorld
    ) throws(SandboxError) -> [String] {
        let (home, beyond) = (try world.network.chain(here.chainID), try world.network.chain(there.chainID))
        guard home.isUp, beyond.isUp, let end = here.channelEnd, let otherEnd = there.channelEnd else { return [] }
        var violations: [String] = []
        for trace in try Self.tokens(here, home, otherEnd, beyond) {
            let voucher = try SandboxError.relaying("the token \(trace)") { try trace.entering(otherEnd) }
            let escrow = try home.escrow(of: trace.denomination, at: here)
            let existing = try beyond.supply(of: voucher.denomination)
            let leaving = underWay.amount(of: trace, from: here.chainID, end)
            let returning = underWay.amount(of: voucher, from: there.chainID, otherEnd)
            let sum = existing.saturatingAdding(leaving).saturatingAdding(returning)
            guard escrow != sum else { continue }
            violations.append(
                "\(here.chainID) \(end): the escrow has \(escrow) \(trace), but \(existing) exist beyond, \(leaving) are "
                    + "leaving and \(returning) returning"
            )
        }
        return violations
    }

    /// The tokens that wait at an end, and those of which vouchers have been made beyond, each once.
    private static func tokens(
        _ here: RelayPath.End,
        _ home: SandboxChain,
        _ otherEnd: ChannelEndID,
        _ beyond: SandboxChain
    ) throws(SandboxError) -> [DenominationTrace] {
        let known = try home.voucherTraces()
        let waiting = try home.escrowed(at: here).map { denomination in
            known.first { $0.denomination == denomination } ?? (try? DenominationTrace(path: denomination))
        }
        let made = try beyond.voucherTraces().filter { $0.cameThrough(otherEnd) }.map { $0.goneBack() }
        var tokens: [DenominationTrace] = []
        for trace in (waiting.compactMap(\.self) + made).sorted(by: { $0.path < $1.path }) where tokens.last != trace {
            tokens.append(trace)
        }
        return tokens
    }
}

/// How much of each token is on its way.
private struct PacketsUnderWay {
    private let transfers: [(source: PacketBook.End, data: FungibleTokenPacketData)]

    init(_ world: SimulationWorld) throws(SandboxError) {
        let port = "\(PortID.transfer)/"
        let unsettled = world.packets.unsettled.filter { $0.fate != .received && $0.key.source.end.hasPrefix(port) }
        transfers = try unsettled.map { (packet) throws(SandboxError) in
            let data = try SandboxError.relaying("a packet") { try FungibleTokenPacketData(json: packet.data) }
            return (packet.key.source, data)
        }
    }

    func amount(of trace: DenominationTrace, from chainID: String, _ end: ChannelEndID) -> Amount {
        let source = PacketBook.End(chainID: chainID, end: end.description)
        return transfers.reduce(.zero) { sum, transfer in
            guard transfer.source == source, transfer.data.trace == trace else { return sum }
            return sum.saturatingAdding(Amount(transfer.data.amount))
        }
    }
}

extension SandboxChain {
    /// The ways of all vouchers that the standard transfer instance has ever minted.
    fileprivate func voucherTraces() throws(SandboxError) -> [DenominationTrace] {
        try Pages.all { (start) throws(SandboxError) in
            let page = try query(TransferQuery.with { $0.traces.startDenomination = start }, of: "transfer").traces
            let traces = try SandboxError.relaying("a trace of '\(chainID)'") {
                try page.traces.map { try DenominationTrace(path: $0.path) }
            }
            return (traces, page.nextDenomination)
        }
    }

    /// The denominations that wait in the escrow of an end.
    fileprivate func escrowed(at end: RelayPath.End) throws(SandboxError) -> [String] {
        let owner = try owner(of: end.port)
        return try Pages.all { (start) throws(SandboxError) in
            let page = try query(
                TransferQuery.with {
                    $0.escrow.channelID = end.channel?.text ?? ""
                    $0.escrow.startDenomination = start
                },
                of: owner
            )
            .escrow
            return (page.tokens.map(\.denom), page.nextDenomination)
        }
    }
}
