internal import Foundation
public import ModuleKit

extension InterchainMessage: MessageVocabulary {}

extension InterchainQuery: QueryVocabulary {
    /// What Interchain answers.
    public typealias Answer = InterchainAnswer
}

extension InterchainEvent: EventVocabulary {
    /// Every kind of event.
    ///
    /// An application may veto what opens a channel, and its closing by a message. It can't veto what the other chain has
    /// proven: a packet that came in, an acknowledgement, a timeout, a closed end. Where it fails on one of these, it is
    /// rolled back alone.
    public static let kinds = [
        EventKind(1, "configured"),
        EventKind(2, "client_created"),
        EventKind(3, "client_updated", delivery: .final),
        EventKind(4, "client_frozen", delivery: .final),
        EventKind(5, "client_unfrozen", delivery: .final),
        EventKind(6, "past_headers_verified", delivery: .final),
        EventKind(7, "connection_open_init"),
        EventKind(8, "connection_open_try"),
        EventKind(9, "connection_open_ack"),
        EventKind(10, "connection_open_confirm"),
        EventKind(11, "port_bound"),
        EventKind(12, "channel_open_init"),
        EventKind(13, "channel_open_try"),
        EventKind(14, "channel_open_ack"),
        EventKind(15, "channel_open_confirm"),
        EventKind(16, "channel_accepted"),
        EventKind(17, "channel_close_init"),
        EventKind(18, "channel_closed", delivery: .final),
        EventKind(19, "packet_sent"),
        EventKind(20, "packet_received", delivery: .final),
        EventKind(21, "acknowledgement_written"),
        EventKind(22, "packet_acknowledged", delivery: .final),
        EventKind(23, "packet_timed_out", delivery: .final),
        EventKind(24, "counters_imported"),
        EventKind(25, "client_imported"),
        EventKind(26, "headers_imported"),
        EventKind(27, "connection_imported"),
        EventKind(28, "channel_imported"),
        EventKind(29, "packets_imported"),
    ]

    /// The description of `interchain.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: interchainDescriptorSetBase64) ?? Data())
}

extension InterchainCounters: StateValue {}
extension InterchainVerifiedHeader: StateValue {}
