import ControlChannel
import ConverterEvents
import ModuleKit
import StakingEvents

/// A packet about validators in the making.
///
/// Each validator stands in one list alone: with the addition of one that returns from jail, nothing depends on the
/// order in which a receiver goes through the lists.
struct Announcement {
    let height: UInt64
    private let timeSeconds: UInt64

    /// How the validators stand of which the packet tells.
    private(set) var standings: [ConverterValidatorStanding] = []
    /// The validators that were looked at, and of which there is nothing to tell.
    var unchanged: [String] = []
    /// Native staking's numbers of the slashes that the packet tells of.
    private(set) var noted: [UInt64] = []

    private var additions: [AnnouncedValidator] = []
    private var slashed: [ReportedSlash] = []

    init(height: UInt64, time: Timestamp) {
        self.height = height
        timeSeconds = time.wholeSeconds
    }

    /// Whether there is nothing to tell.
    var isEmpty: Bool { standings.isEmpty && slashed.isEmpty }

    /// How a validator stands, as far as the provider has to know; one that is gone is inactive.
    static func standing(of validator: StakingValidator?) -> ConverterStanding {
        guard let stake = validator?.stake else { return .inactive }
        if stake.isTombstoned { return .tombstoned }
        if stake.isJailed { return .jailed }
        return stake.status == .bonded ? .active : .inactive
    }

    /// Tells how a validator stands.
    ///
    /// - Parameter key: its consensus key, which goes with one that is active.
    mutating func add(_ validator: String, _ standing: ConverterStanding, key: [UInt8]) throws(ModuleError) {
        if standing == .active {
            additions.append(try AnnouncedValidator(operatorAddress: validator, consensusKey: key))
        }
        standings.append(
            .with {
                $0.validator = validator
                $0.standing = standing
            }
        )
    }

    /// Tells of a slash, for information.
    mutating func add(_ note: ConverterSlashNote, _ remoteDenom: Denom) throws(ModuleError) {
        slashed.append(
            try ReportedSlash(
                validator: note.validator,
                infractionHeight: note.infractionHeight,
                infractionTimeSeconds: 0,
                power: note.power,
                amount: Coin(try Amount(note.amount), remoteDenom),
                ratio: try Decimal18(note.fraction)
            )
        )
        noted.append(note.slash)
    }

    /// The packet.
    func packet() throws(ModuleError) -> ValidatorSetUpdatePacket {
        try ValidatorSetUpdatePacket(
            height: height,
            timeSeconds: timeSeconds,
            additions: additions,
            removals: names(.inactive),
            jailed: names(.jailed),
            tombstoned: names(.tombstoned),
            slashed: slashed
        )
    }

    private func names(_ standing: ConverterStanding) -> [String] {
        standings.filter { $0.standing == standing }.map(\.validator)
    }
}
