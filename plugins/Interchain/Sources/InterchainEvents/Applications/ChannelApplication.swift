public import IBC
public import ModuleKit

/// A module whose instances speak through channels: token transfers, the two ends of a pairing.
///
/// An instance binds a port when it is configured, with `context.bind(_:)`, and puts `.channels` among its subscriptions.
/// From then on it is asked about every channel of its port, and told of every packet, in these methods.
///
/// The first five run before something happens, and what they throw prevents it. The sender is whoever sent the message,
/// mostly a relayer, and can't be trusted with more than that. The last four run after something happened that the other
/// chain has proven: what they throw rolls back their own doing alone, and stands in the log. They act in nobody's name, and
/// have an allotment of work that no sender can shrink.
public protocol ChannelApplication: ProtocolModule where Event: AnswersChannels {
    /// A handshake begins here: the version to propose to the other end.
    func channelOpenInit(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String

    /// A handshake began on the other chain: the version to answer with.
    func channelOpenTry(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String

    /// The other end answered; the channel is open here.
    func channelOpenAck(_ opening: ChannelOpening, _ context: Context) throws(ModuleError)

    /// The other end knows the answer; the channel is open on both chains.
    func channelOpenConfirm(_ opening: ChannelOpening, _ context: Context) throws(ModuleError)

    /// Somebody wants to close this end.
    func channelCloseInit(_ end: ChannelEndID, _ context: Context) throws(ModuleError)

    /// This end is closed: the other end is, or a packet of an ordered channel timed out.
    func channelClosed(_ end: ChannelEndID, _ cause: InterchainClosingCause, _ context: Context) throws(ModuleError)

    /// A packet came in: the acknowledgement.
    ///
    /// Where it throws, nothing of what it did remains, and the acknowledgement is an error that tells the code alone.
    func receive(_ packet: Packet, _ context: Context) throws(ModuleError) -> Acknowledgement

    /// A packet of this end was acknowledged; never called twice for one packet, and never after its timeout.
    func acknowledged(_ packet: Packet, _ acknowledgement: Acknowledgement, _ context: Context) throws(ModuleError)

    /// A packet of this end timed out: it was not received, and never will be.
    func timedOut(_ packet: Packet, _ context: Context) throws(ModuleError)
}

extension ChannelApplication {
    /// Agrees.
    public func channelOpenConfirm(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) {}

    /// Refuses: a channel stays open.
    public func channelCloseInit(_ end: ChannelEndID, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unauthorized, "the application of \(end) closes none of its channels on request")
    }

    /// Does nothing.
    public func channelClosed(_ end: ChannelEndID, _ cause: InterchainClosingCause, _ context: Context)
        throws(ModuleError)
    {}
}
