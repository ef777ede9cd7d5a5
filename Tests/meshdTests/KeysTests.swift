import Foundation
import Testing

@Suite("meshd keys")
struct KeysTests {
    private func rights(_ url: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
    }

    private func setRights(_ rights: Int, _ url: URL) throws {
        try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: url.path)
    }

    @Test("A recovered key has the public key of RFC 8032, in a file that only its owner can read")
    func recover() throws {
        let folder = try TestFolder()
        let key = try folder.succeed("keys", "add", "alice", "--recover", TestFolder.aliceSeed, "--output", "json").json
        #expect(key["public_key"].text == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        #expect(key["address"].text.hasPrefix("mesh1"))
        #expect(try rights(folder.home.appendingPathComponent("keys")) == 0o700)
        #expect(try rights(folder.home.appendingPathComponent("keys/alice.json")) == 0o600)
    }

    @Test("Two keys from the system's randomness differ")
    func random() throws {
        let folder = try TestFolder()
        let first = try folder.succeed("keys", "add", "a", "--output", "json").json["public_key"].text
        let second = try folder.succeed("keys", "add", "b", "--output", "json").json["public_key"].text
        #expect(first.count == 64)
        #expect(first != second)
    }

    @Test("A key file that others can read is refused, with the command that mends it")
    func wideFile() throws {
        let folder = try TestFolder.withChain()
        let file = folder.home.appendingPathComponent("keys/alice.json")
        try setRights(0o644, file)
        let outcome = try folder.meshd("tx", "send", "bob", "1umesh", "--from", "alice")
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains("chmod 600"))
        try setRights(0o600, file)
        try folder.succeed("tx", "send", "bob", "1umesh", "--from", "alice")
    }

    @Test("A key folder that others can enter is refused")
    func wideFolder() throws {
        let folder = try TestFolder.withChain()
        try setRights(0o755, folder.home.appendingPathComponent("keys"))
        let outcome = try folder.meshd("keys", "show", "alice")
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains("chmod 700"))
    }

    @Test("Names that are paths, or taken, are refused", arguments: ["../alice", ".alice", "a/b", "", "ä", "alice"])
    func badNames(_ name: String) throws {
        let folder = try TestFolder()
        try folder.succeed("keys", "add", "alice", "--recover", TestFolder.aliceSeed)
        #expect(try folder.meshd("keys", "add", name).exitCode == 3)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.home.path) == ["keys"])
    }

    @Test(
        "A bad seed is refused",
        arguments: ["00", "zz", String(repeating: "0", count: 63), String(repeating: "0", count: 66)]
    )
    func badSeed(_ seed: String) throws {
        let folder = try TestFolder()
        let outcome = try folder.meshd("keys", "add", "alice", "--recover", seed)
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains("64 hexadecimal digits"))
    }

    @Test("An exported key comes back: without its secret it can't sign, with it, it can")
    func exchange() throws {
        let folder = try TestFolder.withChain()
        let open = try folder.succeed("keys", "export", "alice").output
        #expect(!open.contains(TestFolder.aliceSeed))
        let secret = try folder.succeed("keys", "export", "alice", "--with-secret").output
        #expect(secret.contains(TestFolder.aliceSeed))
        try folder.succeed("keys", "import", "watch", "-", input: open)
        try folder.succeed("keys", "import", "copy", "-", input: secret)
        let refused = try folder.meshd("tx", "send", "bob", "1umesh", "--from", "watch")
        #expect(refused.exitCode == 3)
        #expect(refused.errors.contains("can't sign"))
        try folder.succeed("tx", "send", "bob", "1umesh", "--from", "copy")
    }

    @Test(
        "A damaged key file is refused by name",
        arguments: ["{", "{}", "{\"format\":2}", "{\"format\":1,\"kind\":\"rsa\"}"]
    )
    func damaged(_ text: String) throws {
        let folder = try TestFolder()
        try folder.succeed("keys", "add", "alice")
        let file = folder.home.appendingPathComponent("keys/alice.json")
        try Data(text.utf8).write(to: file)
        try setRights(0o600, file)
        let outcome = try folder.meshd("keys", "show", "alice")
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains("alice.json"))
    }

    @Test("A seed that does not belong to its public key is refused")
    func swapped() throws {
        let folder = try TestFolder()
        try folder.succeed("keys", "add", "alice", "--recover", TestFolder.aliceSeed)
        let secret = try folder.succeed("keys", "export", "alice", "--with-secret").output
        let swapped = secret.replacingOccurrences(of: TestFolder.aliceSeed, with: TestFolder.bobSeed)
        #expect(try folder.meshd("keys", "import", "b", "-", input: swapped).exitCode == 3)
    }
}
