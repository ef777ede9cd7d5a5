import BankEvents
import ModuleKit
import Testing

@testable import MeshHost

@Suite("A module is registered only when its descriptors say of its events what its code does")
struct VocabularyCheckTests {
    private func refusal(of kinds: [EventKind], _ events: any EventVocabulary.Type = BankEvent.self) -> HostError? {
        do {
            try ModuleRegistry.checkVocabulary(of: "bank", kinds, events)
            return nil
        } catch {
            return error
        }
    }

    /// The bank's kinds with one of them changed.
    private func changed(_ name: String, _ change: (EventKind) -> EventKind?) -> [EventKind] {
        BankEvent.kinds.compactMap { $0.name == name ? change($0) : $0 }
    }

    @Test("The vocabularies of bank and host are accepted")
    func accepted() {
        #expect(refusal(of: BankEvent.kinds) == nil)
        #expect(refusal(of: HostEvent.kinds, HostEvent.self) == nil)
    }

    @Test("A privilege that stands only in the code, only in the descriptors, or is another there, is refused")
    func privileges() throws {
        let cases = [
            changed("minted") { EventKind($0.number, $0.name) },
            changed("minted") { EventKind($0.number, $0.name, privilege: .bankBurn) },
            changed("transferred") { EventKind($0.number, $0.name, privilege: .bankMint) },
        ]
        for kinds in cases {
            let error = try #require(refusal(of: kinds))
            #expect(error.code == .invalidModuleSet)
            #expect(error.message.contains("privilege"), "\(error.message)")
        }
    }

    @Test("A kind that outlives its grant in the code alone is refused")
    func outliving() throws {
        let kinds = changed("burned") {
            EventKind($0.number, $0.name, privilege: $0.privilege, outlivesGrant: true, delivery: $0.delivery)
        }
        let error = try #require(refusal(of: kinds))
        #expect(error.code == .invalidModuleSet)
        #expect(error.message.contains("outlives_grant"), "\(error.message)")
    }

    @Test("A kind that is left out, has another name or another number, is refused")
    func kinds() {
        let cases = [
            changed("minted") { _ in nil },
            Array(BankEvent.kinds.dropLast()),
            changed("minted") { EventKind($0.number, "coined", privilege: $0.privilege) },
            changed("balance_imported") { EventKind($0.number + 1, $0.name) },
            BankEvent.kinds + [EventKind(99, "surplus")],
        ]
        for kinds in cases { #expect(refusal(of: kinds)?.code == .invalidModuleSet) }
    }
}
