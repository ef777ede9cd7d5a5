import ArgumentParser
import Crypto
import Foundation

/// `meshd keys add`: the one place where randomness comes from the system.
struct KeysAdd: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Makes a key from the system's randomness, or from a seed.",
        discussion: """
            Example:
              meshd keys add alice
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var keys: KeyOptions

    @Argument(help: "The key's name.")
    var name: String

    @Option(
        name: .long,
        help: "The seed to recover the key from, 64 hexadecimal digits; - reads it from standard input."
    )
    var recover: String?

    func execute(_ console: Console) throws(CommandError) {
        let addresses = try keys.addresses(in: home)
        let record = try KeyRecord(name: name, seed: try seed())
        try home.makeFolder()
        try KeyStore(home).add(record)
        console.print(try record.report(addresses))
    }

    private func seed() throws(CommandError) -> [UInt8] {
        guard let recover else { return KeyRecord.randomSeed() }
        let text =
            recover == "-"
            ? String(decoding: try InputFile.bytes("-"), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            : recover
        guard let seed = Array(hexadecimal: text) else {
            throw CommandError(.badInput, "--recover takes a seed of 64 hexadecimal digits")
        }
        return seed
    }
}

extension KeyRecord {
    /// 32 bytes from the system's generator.
    static func randomSeed() -> [UInt8] { Array(Curve25519.Signing.PrivateKey().rawRepresentation) }
}
