import Foundation
import Testing

/// SwiftPM refuses local path dependencies in a package that is used by URL, so the root names every target of the
/// packages below it once more. Here both views are held against each other.
@Suite("The root manifest")
struct ManifestTests {
    static let packages = [
        "storage", "plugins/StrictJSON", "plugins/ModuleKit", "plugins/CometBFT", "plugins/Interchain",
        "plugins/Transfer", "plugins/Bank", "plugins/Staking", "plugins/Rewards", "plugins/Governance",
        "plugins/Slashing", "plugins/ControlChannel",
        "plugins/Provider", "plugins/Consumer",
    ]

    @Test("names the targets of each folder's package as that package does", arguments: packages)
    func inStep(_ package: String) throws {
        let root = try Manifest.dump(Checkout.root)
        let own = try Manifest.dump(Checkout.root.appendingPathComponent(package))
        #expect(!own.targets.isEmpty)
        for target in own.targets {
            let twin = try #require(root.targets.first { $0.name == target.name }, "\(target.name) is not in the root")
            #expect(twin.type == target.type, "\(target.name)")
            #expect(twin.dependencyNames == target.dependencyNames, "\(target.name)")
            #expect((twin.exclude ?? []).sorted() == (target.exclude ?? []).sorted(), "\(target.name)")
            #expect(twin.resources?.map(\.path) ?? [] == target.resources?.map(\.path) ?? [], "\(target.name)")
            let folder = target.type == "test" ? "Tests" : "Sources"
            #expect(twin.path == "\(package)/\(folder)/\(target.name)")
        }
        for product in own.products {
            #expect(
                root.products.contains { $0.name == product.name && $0.targets == product.targets },
                "\(product.name)"
            )
        }
    }

    @Test("has no local path dependency, so that the package can be used by URL")
    func noPaths() throws {
        let text = try String(contentsOf: Checkout.root.appendingPathComponent("Package.swift"), encoding: .utf8)
        #expect(!text.contains(".package(path:") && !text.contains(".package(name:"))
        #expect(!text.contains("unsafeFlags") || text.contains("executableTarget"))
    }
}

/// The part of `swift package dump-package` that matters here.
struct Manifest: Decodable {
    struct Target: Decodable {
        struct Dependency: Decodable {
            let byName: [String?]?
            let product: [String?]?
            let target: [String?]?

            private enum CodingKeys: CodingKey { case byName, product, target }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                func first(_ key: CodingKeys) throws -> [String?]? {
                    guard container.contains(key) else { return nil }
                    var list = try container.nestedUnkeyedContainer(forKey: key)
                    return [try list.decode(String.self)]
                }
                byName = try first(.byName)
                product = try first(.product)
                target = try first(.target)
            }

            var name: String { (byName ?? product ?? target)?.first.flatMap { $0 } ?? "" }
        }

        struct Resource: Decodable { let path: String }

        let name: String
        let type: String
        let path: String?
        let dependencies: [Dependency]
        let exclude: [String]?
        let resources: [Resource]?

        var dependencyNames: [String] { dependencies.map(\.name).sorted() }
    }

    struct Product: Decodable {
        let name: String
        let targets: [String]
    }

    let targets: [Target]
    let products: [Product]

    static func dump(_ folder: URL) throws -> Manifest {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("manifest-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let text = try Checkout.run(
            ["swift", "package", "--package-path", folder.path, "--scratch-path", scratch.path, "dump-package"],
            in: folder
        )
        return try JSONDecoder().decode(Manifest.self, from: Data(text.utf8))
    }
}
