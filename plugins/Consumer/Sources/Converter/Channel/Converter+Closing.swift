import ConverterEvents
public import IBC
public import InterchainEvents
public import ModuleKit

/// Closing is final. All pledges end with it, at once and without a look at any of them; what is kept of them is
/// dropped in batches afterwards. What is in flight resolves by an acknowledgement or a timeout on close.
extension Converter {
    /// How many records the end of a block drops after the pairing is over.
    static let droppedRecordsMax = 200

    /// Closes the channel on the word of the chain's authority.
    ///
    /// - Throws: `notConverterAuthority`; `pairingNotOpen`.
    func close(_ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        try requireAuthority(to: "close the pairing", .notConverterAuthority, context)
        try context.close(try requireOpenChannel(context).end(settings))
        try end(.authority, settings, context)
    }

    /// Closes the channel when the client of the provider has expired, at the beginning of a block.
    ///
    /// Nobody can prove to this chain any more that the other end is closed, where the collateral of these pledges may soon
    /// be free. Virtual stake must not outlive it, also when nobody is there to say so.
    ///
    /// - Returns: whether it had expired.
    func closeIfExpired(_ channel: ConverterChannel, _ context: Context) throws(ModuleError) -> Bool {
        let settings = try requireSettings(context)
        let end = try channel.end(settings)
        guard try context.client(of: try context.channel(end)).status == "expired" else { return false }
        try context.close(end)
        try self.end(.expiredClient, settings, context)
        return true
    }

    /// Refuses: the pairing is closed by the converter's own message.
    public func channelCloseInit(_ end: ChannelEndID, _ context: Context) throws(ModuleError) {
        throw ModuleError(
            .notConverterAuthority,
            "a control channel is closed by the message close of the converter, from the chain's authority"
        )
    }

    /// The other end is closed: the pairing is over.
    public func channelClosed(_ end: ChannelEndID, _ cause: InterchainClosingCause, _ context: Context)
        throws(ModuleError)
    {
        guard let channel = try channel.value(in: context), channel.isOpen, channel.channelID == end.channel.text
        else { return }
        try self.end(.counterparty, try requireSettings(context), context)
    }

    private func end(_ reason: ConverterClosingReason, _ settings: ConverterSettings, _ context: Context)
        throws(ModuleError)
    {
        let virtualStaking = virtualStaking(settings, context)?.number ?? 0
        let height = context.block.height
        try context.emit(
            .with {
                $0.closed.virtualStaking = virtualStaking
                $0.closed.reason = reason
                $0.closed.height = height
            }
        )
    }

    /// The channel of the pairing.
    ///
    /// - Throws: `pairingNotOpen`.
    func requireOpenChannel(_ state: some StateReading) throws(ModuleError) -> ConverterChannel {
        guard let channel = try channel.value(in: state) else {
            throw ModuleError(.pairingNotOpen, "the pairing has no channel yet: open one")
        }
        guard channel.isOpen else {
            throw ModuleError(.pairingNotOpen, "the pairing is over: deploy a new converter for another one")
        }
        return channel
    }

    /// Drops a batch of what was kept for the pairing that is over; once nothing is left, this is one read.
    func dropPledges(_ context: Context) throws(ModuleError) {
        guard try leftovers.value(in: context) != nil else { return }
        var dropped = ConverterPledgesDropped()
        var room = Self.droppedRecordsMax
        for (key, _) in try pledges.entries(in: context, limit: room) {
            dropped.delegators.append(
                .with {
                    $0.validator = context.addresses.format(key.first, as: .validatorOperator)
                    $0.delegator = key.second
                }
            )
        }
        room -= dropped.delegators.count
        for (key, _) in try returned.entries(in: context, limit: room) {
            dropped.notices.append(
                .with {
                    $0.dueNanoseconds = key.first.nanoseconds
                    $0.sequence = key.second
                }
            )
        }
        room -= dropped.notices.count
        for (slash, _) in try slashes.entries(in: context, limit: room) { dropped.slashes.append(slash) }
        room -= dropped.slashes.count
        var validators = try pledged.entries(in: context, limit: room).map(\.key)
        validators += try unattributed.entries(in: context, limit: room - validators.count).map(\.key)
        validators += try touched.entries(in: context, limit: room - validators.count).map(\.key)
        validators += try told.entries(in: context, limit: room - validators.count).map(\.key)
        dropped.validators = validators.map { context.addresses.format($0, as: .validatorOperator) }
        dropped.isComplete = room > validators.count
        try context.emit(.with { $0.pledgesDropped = dropped })
    }
}
