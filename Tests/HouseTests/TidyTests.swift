import Foundation
import Testing

/// House rules that the compiler can't keep.
@Suite("The house")
struct TidyTests {
    @Test("has files of one idea: none over 400 lines, but for the manifest of all, which can't be parted")
    func fileSizes() throws {
        for (path, text) in try Checkout.swiftFiles() {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= (path == "Package.swift" ? 500 : 400), "\(path) has \(lines) lines")
        }
    }

    @Test("never traps on what comes from outside: no fatalError, try!, as!, or precondition outside tests")
    func noTraps() throws {
        let traps = ["fatalError(", "try!", " as! ", "precondition(", "preconditionFailure(", "assertionFailure("]
        for (path, text) in try Checkout.swiftFiles() where !path.contains("Tests/") {
            let found = traps.filter { text.contains($0) }
            #expect(found.isEmpty, "\(path)")
        }
    }

    @Test("leaves nothing half done: no marks for later")
    func noMarks() throws {
        let marks = ["TO" + "DO", "FIX" + "ME", "not " + "implemented"]
        // What the reference contracts write in place of a validator's key; quoted, it is no mark of ours.
        let quoted = ["\"", "`"].map { $0 + marks[0] + $0 }
        for (path, text) in try Checkout.swiftFiles() {
            let text = quoted.reduce(text) { $0.replacingOccurrences(of: $1, with: "") }
            let found = marks.filter { text.contains($0) }
            #expect(found.isEmpty, "\(path)")
        }
    }

    @Test("keeps modules free of clocks, randomness and floating point")
    func determinism() throws {
        let strays = ["Date()", "ContinuousClock", "SystemRandomNumberGenerator", ".random(", "Locale"]
        // As whole words alone: a double sign is none of these.
        let types: Set<Substring> = ["Double", "Float", "Float16", "Float32", "Float64", "CGFloat"]
        // The walk for unknown fields has to name every kind of field that protobuf has.
        let exceptions = ["visitSingularDoubleField"]
        for (path, text) in try Checkout.swiftFiles()
        where path.hasPrefix("plugins/") && !path.contains("Tests/") && !path.contains("Testing/") {
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
                guard !exceptions.contains(where: { code.contains($0) }) else { continue }
                let words = code.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
                let found = strays.filter { code.contains($0) } + words.filter(types.contains).map(String.init)
                #expect(found.isEmpty, "\(path):\(number + 1)")
            }
        }
    }

    @Test("has arrows that point one way: modules know the kit and vocabularies, storage knows nobody")
    func arrows() throws {
        let modules = [
            "Bank", "NativeStaking", "Interchain", "Transfer", "Vault", "LocalStaking", "ExternalStaking", "PriceFeed",
            "Converter", "VirtualStaking", "Rewards", "Slashing", "Governance", "RecommendedList",
            "Evidence",
        ]
        for (path, text) in try Checkout.swiftFiles() where !path.contains("Tests/") {
            let imports = text.split(separator: "\n").filter { $0.contains("import ") && !$0.hasPrefix("//") }
                .compactMap { $0.split(separator: " ").last.map(String.init) }
            if path.hasPrefix("storage/Sources") {
                #expect(imports.allSatisfy { !["ModuleKit", "MeshHost", "ModuleRuntime"].contains($0) }, "\(path)")
            }
            if path.hasPrefix("plugins/") || path.hasPrefix("Sources/MeshHost/") || path.hasPrefix("Sources/MeshAudit/")
            {
                #expect(imports.allSatisfy { !modules.contains($0) }, "\(path) names a concrete module")
            }
            if path.hasPrefix("plugins/"), !path.hasPrefix("plugins/ModuleKit/") {
                #expect(imports.allSatisfy { !["Storage", "LMDB", "MeshHost"].contains($0) }, "\(path)")
            }
        }
    }
}
