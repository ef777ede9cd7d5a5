import Foundation
import Testing

/// Somebody else's package names this one by URL and version, builds, and runs.
@Suite("An embedding program")
struct EmbeddingTests {
    @Test("depends on this repository by URL and version, and runs a chain")
    func byURL() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("embedding-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = FileManager.default
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        let clone = folder.appendingPathComponent("mesh-host")
        try Checkout.run(["git", "clone", "-q", Checkout.root.path, clone.path], in: folder)
        try Checkout.run(["git", "-c", "tag.gpgSign=false", "tag", "0.1.0"], in: clone)

        let program = folder.appendingPathComponent("program")
        try files.copyItem(at: Checkout.root.appendingPathComponent("Examples/Embedding"), to: program)
        let manifest = program.appendingPathComponent("Package.swift")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        let byPath = #".package(name: "mesh-host", path: "../..")"#
        #expect(text.contains(byPath))
        let byURL = #".package(url: "file://\#(clone.path)", from: "0.1.0")"#
        try text.replacingOccurrences(of: byPath, with: byURL).write(to: manifest, atomically: true, encoding: .utf8)

        let printed = try Checkout.run(["swift", "run", "--quiet", "Embedding"], in: program)
        #expect(printed.contains("block 1, app hash"))
        #expect(printed.contains("transferred, 2 events"))
    }
}
