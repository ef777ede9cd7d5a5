// Vectors of BIP-173 and BIP-350, from bitcoin/bips at commit 7fe0b034ec967b52a5a28276419117326df93263
// (bip-0173.mediawiki, bip-0350.mediawiki).

/// A text that is refused, and why.
struct RefusedVector: Sendable {
    let bytes: [UInt8]
    let reason: String

    init(_ text: String, _ reason: String) {
        self.bytes = [UInt8](text.utf8)
        self.reason = reason
    }

    init(_ bytes: [UInt8], _ reason: String) {
        self.bytes = bytes
        self.reason = reason
    }

    /// The bytes as a text; bytes that are not UTF-8 become replacement characters, which are outside ASCII as they were.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

enum Bech32Vectors {
    /// Valid Bech32.
    static let valid = [
        "A12UEL5L",
        "a12uel5l",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
        "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
        "?1ezyfcl",
    ]

    /// Invalid Bech32.
    static let invalid = [
        RefusedVector([0x20, 0x31, 0x6E, 0x77, 0x6C, 0x64, 0x6A, 0x35], "HRP character out of range"),
        RefusedVector([0x7F, 0x31, 0x61, 0x78, 0x6B, 0x77, 0x72, 0x78], "HRP character out of range"),
        RefusedVector([0x80, 0x31, 0x65, 0x79, 0x6D, 0x35, 0x35, 0x68], "HRP character out of range"),
        RefusedVector(
            "an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx",
            "overall max length exceeded"
        ),
        RefusedVector("pzry9x0s0muk", "No separator character"),
        RefusedVector("1pzry9x0s0muk", "Empty HRP"),
        RefusedVector("x1b4n0q5v", "Invalid data character"),
        RefusedVector("li1dgmt3", "Too short checksum"),
        RefusedVector([0x64, 0x65, 0x31, 0x6C, 0x67, 0x37, 0x77, 0x74, 0xFF], "Invalid character in checksum"),
        RefusedVector("A1G7SGD8", "checksum calculated with uppercase form of HRP"),
        RefusedVector("10a06t8", "empty HRP"),
        RefusedVector("1qzzfhee", "empty HRP"),
    ]

    /// Valid Bech32m, hence not Bech32.
    static let bech32m = [
        "A1LQFN3A",
        "a1lqfn3a",
        "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6",
        "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
        "11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllludsr8",
        "split1checkupstagehandshakeupstreamerranterredcaperredlc445v",
        "?1v759aa",
    ]

    /// Invalid Bech32m, and not Bech32 either.
    static let invalidBech32m = [
        RefusedVector([0x20, 0x31, 0x78, 0x6A, 0x30, 0x70, 0x68, 0x6B], "HRP character out of range"),
        RefusedVector([0x7F, 0x31, 0x67, 0x36, 0x78, 0x7A, 0x78, 0x79], "HRP character out of range"),
        RefusedVector([0x80, 0x31, 0x76, 0x63, 0x74, 0x63, 0x33, 0x34], "HRP character out of range"),
        RefusedVector(
            "an84characterslonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11d6pts4",
            "overall max length exceeded"
        ),
        RefusedVector("qyrz8wqd2c9m", "No separator character"),
        RefusedVector("1qyrz8wqd2c9m", "Empty HRP"),
        RefusedVector("y1b0jsk6g", "Invalid data character"),
        RefusedVector("lt1igcx5c0", "Invalid data character"),
        RefusedVector("in1muywd", "Too short checksum"),
        RefusedVector("mm1crxm3i", "Invalid character in checksum"),
        RefusedVector("au1s5cgom", "Invalid character in checksum"),
        RefusedVector("M1VUXWEZ", "checksum calculated with uppercase form of HRP"),
        RefusedVector("16plkw9", "empty HRP"),
        RefusedVector("1p2gdwpf", "empty HRP"),
    ]

    /// Addresses whose Bech32 data is a version group and a program in bytes, with version and program in hexadecimal.
    static let segwit: [(address: String, version: UInt8, program: String)] = [
        ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", 0, "751E76E8199196D454941C45D1B3A323F1433BD6"),
        (
            "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", 0,
            "1863143C14C5166804BD19203356DA136C985678CD4D27A1B8C6329604903262"
        ),
        (
            "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7k7grplx", 1,
            "751E76E8199196D454941C45D1B3A323F1433BD6751E76E8199196D454941C45D1B3A323F1433BD6"
        ),
        ("BC1SW50QA3JX3S", 16, "751E"),
        ("bc1zw508d6qejxtdg4y5r3zarvaryvg6kdaj", 2, "751E76E8199196D454941C45D1B3A323"),
        (
            "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy", 0,
            "000000C4A5CAD46221B2A187905E5266362B99D5E91C6CE24D165DAB93E86433"
        ),
    ]

    /// Invalid as Bech32 already.
    static let segwitNotBech32 = [
        RefusedVector("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "Invalid checksum"),
        RefusedVector("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7", "Mixed case"),
    ]

    /// Valid Bech32 whose data after the version group is no sequence of bytes.
    static let segwitBadPadding = [
        RefusedVector("bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du", "zero padding of more than 4 bits"),
        RefusedVector(
            "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv",
            "Non-zero padding in 8-to-5 conversion"
        ),
    ]

    /// Valid Bech32 that only the rules of Bitcoin's witness programs refuse.
    static let segwitOnlyInvalid = [
        RefusedVector("tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty", "Invalid human-readable part"),
        RefusedVector("BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2", "Invalid witness version"),
        RefusedVector("bc1rw5uspcuh", "Invalid program length"),
        RefusedVector(
            "bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90",
            "Invalid program length"
        ),
        RefusedVector(
            "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
            "Invalid program length for witness version 0 (per BIP141)"
        ),
        RefusedVector("bc1gmk9yu", "Empty data section"),
    ]
}
