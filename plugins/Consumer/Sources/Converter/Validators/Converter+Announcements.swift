import ControlChannel
import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit
import StakingEvents

/// The provider's view of the validators follows this chain's, in packets at the end of a block.
///
/// A packet tells how validators stand at its height, as far as that differs from what the provider was told. So
/// nothing is lost while nothing can be sent, and whatever happened to a validator meanwhile becomes one word about it.
extension Converter {
    /// How many validators one packet is about, and how many slashes it tells of: few enough to fit.
    static let announcedValidatorsMax = 150
    static let announcedSlashesMax = 30
    /// How many packets about validators a block sends.
    static let announcementsMax = 8

    /// Tells the provider what has changed.
    ///
    /// - Returns: whether what there was to send could be sent.
    func announceValidators(_ channel: ConverterChannel, _ context: Context) throws(ModuleError) -> Bool {
        for _ in 0..<Self.announcementsMax {
            let validators = try touched.entries(in: context, limit: Self.announcedValidatorsMax).map(\.key)
            let notes = try slashes.entries(in: context, limit: Self.announcedSlashesMax).map(\.value)
            guard !validators.isEmpty || !notes.isEmpty else { return true }
            var announcement = Announcement(height: context.block.height, time: context.block.time)
            for validator in validators { try announce(validator, in: &announcement, context) }
            let remoteDenom = try Denom(try requireSettings(context).remoteDenom)
            for note in notes { try announcement.add(note, remoteDenom) }
            guard !announcement.isEmpty else {
                try record(announcement, sequence: 0, context)
                continue
            }
            let packet = ConsumerPacket.validatorSetUpdate(try announcement.packet())
            guard let sequence = try trySend(packet, over: channel, context) else { return false }
            try record(announcement, sequence: sequence, context)
        }
        return true
    }

    /// Adds how a validator stands, where the provider was told otherwise.
    private func announce(_ address: Address, in announcement: inout Announcement, _ context: Context)
        throws(ModuleError)
    {
        let name = context.addresses.format(address, as: .validatorOperator)
        let known = try told.value(for: address, in: context)
        let found = try validator(address, context)
        let standing = Announcement.standing(of: found)
        // Nobody has to be told of a validator that never was active, or that is gone and can't return.
        let isNews = known != standing.stored && (known != nil || standing == .active)
        guard isNews, known != ConverterStanding.tombstoned.stored else {
            announcement.unchanged.append(name)
            return
        }
        try announcement.add(name, standing, key: found.map { [UInt8]($0.consensusKey) } ?? [])
    }

    private func record(_ announcement: Announcement, sequence: UInt64, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.validatorsAnnounced = .with {
                    $0.sequence = sequence
                    $0.standings = announcement.standings
                    $0.unchanged = announcement.unchanged
                    $0.slashes = announcement.noted
                    $0.height = announcement.height
                }
            }
        )
    }
}
