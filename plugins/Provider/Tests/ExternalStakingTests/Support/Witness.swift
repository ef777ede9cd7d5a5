import EvidenceEvents
import Foundation
import ModuleKit
import ModuleTesting

/// Stands in the place of the evidence module: it says what a test has it say, and proves nothing.
struct Witness: ProtocolModule {
    static let manifest = Manifest(name: evidenceModuleName, version: "1.0.0")

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {}
    func apply(_ event: EvidenceEvent, to state: StateWriter) throws(ModuleError) {}
    func answer(_ query: NoVocabulary, _ state: StateReader) -> NoVocabulary { query }
}

/// Says the same, and is no evidence module.
struct Impostor: ProtocolModule {
    static let manifest = Manifest(name: "impostor", version: "1.0.0")

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {}
    func apply(_ event: EvidenceEvent, to state: StateWriter) throws(ModuleError) {}
    func answer(_ query: NoVocabulary, _ state: StateReader) -> NoVocabulary { query }
}
