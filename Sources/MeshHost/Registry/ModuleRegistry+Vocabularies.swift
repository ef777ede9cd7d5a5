internal import ModuleKit

extension ModuleRegistry {
    /// Makes sure that what a log says of a module's events, by their descriptors, is what the code does: the same kinds, under
    /// the same privileges, outliving the same grants. An audit that has only the log could otherwise be told something else than
    /// what the host asks for.
    ///
    /// - Parameters:
    ///   - name: the module's name.
    ///   - kinds: the kinds of event by the code.
    ///   - events: the vocabulary, which brings the descriptors.
    /// - Throws: `invalidModuleSet`.
    static func checkVocabulary(of name: String, _ kinds: [EventKind], _ events: any EventVocabulary.Type)
        throws(HostError)
    {
        let description: VocabularyDescription
        do {
            description = try VocabularyDescription(
                descriptorSet: events.descriptorSet,
                messageName: events.protoMessageName
            )
        } catch {
            throw HostError(.invalidModuleSet, "\(name) does not describe its events: \(error.message)", cause: error)
        }
        let privileges = kinds.compactMap(\.privilege)
        for (kind, described) in zip(kinds, description.kinds) {
            guard kind.number == described.number, kind.name == described.name else {
                throw invalid(
                    "\(name) lists the event \(kind.number) \(kind.name), its descriptors have \(described.number) "
                        + "\(described.name): list the kinds as the .proto has them, and generate its code again"
                )
            }
            guard kind.privilege == described.privilege else {
                throw invalid(
                    "\(name) \(Self.need(kind.privilege)) to record \(kind.name), its descriptors say that it "
                        + "\(Self.need(described.privilege)): write the same privilege as an option of the field"
                )
            }
            guard kind.outlivesGrant == described.outlivesGrant else {
                throw invalid(
                    "\(name) and its descriptors differ on whether \(kind.name) outlives its grant: write outlives_grant as an "
                        + "option of the field, or leave it out"
                )
            }
            for amount in described.amounts where !privileges.contains(amount.privilege) {
                throw invalid(
                    "\(name).\(kind.name) counts towards \(amount.privilege), which is no privilege of \(name)"
                )
            }
        }
        guard kinds.count == description.kinds.count else {
            throw invalid(
                "\(name) lists \(kinds.count) kinds of event, its descriptors have \(description.kinds.count): list all, and "
                    + "generate the code of its .proto again"
            )
        }
    }

    private static func need(_ privilege: Privilege?) -> String { privilege.map { "needs \($0)" } ?? "needs nothing" }
}
