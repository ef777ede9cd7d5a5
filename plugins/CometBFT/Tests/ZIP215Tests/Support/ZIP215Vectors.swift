import Foundation
import Testing
import ZIP215

/// The published cases of small order, all of them valid by ZIP-215.
struct ZIP215Vectors {
    struct Case: Sendable {
        let publicKey, signature: [UInt8]
    }

    let message: [UInt8]
    let cases: [Case]

    init() throws {
        struct File: Decodable {
            struct Case: Decodable {
                let publicKey, signature: String
            }
            let message: String
            let cases: [Case]
        }
        let url = try #require(
            Bundle.module.url(forResource: "ed25519_zip215", withExtension: "json", subdirectory: "Vectors")
        )
        let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
        message = try #require(bytes(hexadecimal: file.message))
        cases = try file.cases.map {
            Case(
                publicKey: try #require(bytes(hexadecimal: $0.publicKey)),
                signature: try #require(bytes(hexadecimal: $0.signature))
            )
        }
    }

    /// The 14 encodings of the 8 points of small order, in the order of the file.
    var smallOrderEncodings: [[UInt8]] {
        cases.reduce(into: []) { encodings, next in
            if !encodings.contains(next.publicKey) { encodings.append(next.publicKey) }
        }
    }
}
