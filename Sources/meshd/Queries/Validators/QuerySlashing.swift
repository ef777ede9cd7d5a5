import ArgumentParser
import MeshHost
import ModuleKit
import SlashingEvents
import StakingEvents
import Storage

/// `meshd query slashing`.
struct QuerySlashing: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "slashing",
        abstract: "Lists who has missed how many votes, and who is kept out.",
        discussion: """
            Votes are counted of whoever is in the active set, as soon as a signed block is reported; of others they are \
            paused: of who is jailed or has too little stake, and of all where nobody signs blocks, as in an imported chain. \
            Who has missed more than is allowed, of the last votes that make a window, is jailed and loses stake; who signed \
            two blocks of one height is tombstoned, and never comes back. `since` is the height of entering the active set.

            Example:
              meshd query slashing
            """
    )

    @OptionGroup var global: GlobalOptions

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let infos = try chain.signingInfos()
        let monikers = try chain.monikersByConsensusAddress()
        let height = chain.host.lastHeader.height
        let json: JSONValue = [
            "height": .whole(height),
            "signing_infos": .array(infos.map { $0.document(moniker: monikers[$0.consensusAddress]) }),
        ]
        return Report(json) { style in
            var table = Table(
                .init("validator"),
                .init("missed", .right),
                .init("allowed", .right),
                .init("window", .right),
                .init("standing"),
                .init("jailed until"),
                .init("since", .right),
                .init("consensus address")
            )
            for info in infos {
                table.add(
                    .init(monikers[info.consensusAddress] ?? "", .bold),
                    .init(info.missed.grouped),
                    .init(info.missedMax.grouped, .dim),
                    .init(info.window.grouped, .dim),
                    info.standingCell,
                    .init(info.jailedUntil),
                    .init(info.startHeight.grouped, .dim),
                    .init(info.consensusAddress, .dim)
                )
            }
            return style.bold("Votes at height \(height.grouped)") + "\n" + table.text(style)
        }
    }
}

extension ChainView {
    /// What is known of the votes of all validators, by consensus address.
    fileprivate func signingInfos() throws(CommandError) -> [SlashingSigningInfoAnswer] {
        let label = try label(ofModule: "slashing")
        return try Pages.all { (start: String) throws(CommandError) in
            let query = SlashingQuery.with {
                $0.signingInfos.start = start
                $0.signingInfos.limit = Self.pageSize
            }
            let page = try CommandError.wrapping { try host.query(query, of: label) }.signingInfos
            return (page.infos, page.next)
        }
    }

    /// What validators are called. Only asked, never iterated.
    fileprivate func monikersByConsensusAddress() throws(CommandError) -> [String: String] {
        var monikers: [String: String] = [:]
        for validator in try validators() {
            let address = try CommandError.wrapping { try Address(ed25519PublicKey: [UInt8](validator.consensusKey)) }
            monikers[addresses.format(address, as: .consensus)] = validator.description_p.moniker
        }
        return monikers
    }
}

extension SlashingSigningInfoAnswer {
    private var standing: String { isTombstoned ? "tombstoned" : isCounted ? "counted" : "paused" }

    fileprivate var standingCell: Table.Cell {
        switch standing {
        case "counted": .init(standing, .green)
        case "tombstoned": .init(standing, .red)
        default: .init(standing, .yellow)
        }
    }

    fileprivate var jailedUntil: String {
        if isTombstoned { return "for good" }
        return jailedUntilNanoseconds == 0 ? "" : Timestamp(nanoseconds: jailedUntilNanoseconds).description
    }

    /// The votes as programs read them.
    fileprivate func document(moniker: String?) -> JSONValue {
        [
            "consensus_address": .string(consensusAddress),
            "moniker": moniker.map { .string($0) } ?? .null,
            "start_height": .whole(startHeight),
            "next_vote": .whole(nextVote),
            "missed": .whole(missed),
            "missed_max": .whole(missedMax),
            "window": .whole(window),
            "jailed_until": jailedUntilNanoseconds == 0 || isTombstoned
                ? .null : .string(Timestamp(nanoseconds: jailedUntilNanoseconds).description),
            "is_tombstoned": .bool(isTombstoned),
            "is_counted": .bool(isCounted),
        ]
    }
}
