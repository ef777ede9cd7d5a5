import ModuleKit
import ModuleRuntime

/// A record of the log, decoded as far as that needs no machine.
struct PreparedRecord: Sendable {
    /// The record's envelope, or why it is none.
    let envelope: Result<EventEnvelope, ModuleError>
    /// The event in the envelope; nil where its vocabulary was not known yet, or does not decode it.
    let event: (any DecodedEvent)?

    /// Decodes a record.
    ///
    /// What fails on the event says nothing here: whoever applies the envelope decodes it again and meets the error in
    /// its place.
    ///
    /// - Parameter vocabularies: the vocabularies of the instances, by number, as far as they are known.
    init(_ record: RawSpan, vocabularies: [any EventVocabulary.Type]) {
        let envelope = record.withUnsafeBytes { (bytes) -> Result<EventEnvelope, ModuleError> in
            do throws(ModuleError) {
                return .success(try EventEnvelope(decoding: bytes))
            } catch {
                return .failure(error)
            }
        }
        self.envelope = envelope
        event = (try? envelope.get()).flatMap { Self.event(in: $0, vocabularies) }
    }

    private static func event(
        in envelope: EventEnvelope,
        _ vocabularies: [any EventVocabulary.Type]
    ) -> (any DecodedEvent)? {
        guard envelope.instance < vocabularies.count else { return nil }
        let vocabulary = vocabularies[Int(envelope.instance)]
        return try? vocabulary.decode(recorded: envelope.payload, schemaVersion: envelope.schemaVersion)
    }
}
