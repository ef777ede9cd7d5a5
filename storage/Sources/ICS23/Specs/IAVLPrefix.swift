/// The numbers with which a node of an IAVL tree begins: height, size and version, each a zigzag varint.
struct IAVLPrefix {
    /// How far the node is from the leaves, whose height is 0.
    let height: Int64
    /// How many bytes come after the numbers.
    let remainingCount: Int

    /// Reads the numbers; nil when there are fewer than three, or one is negative or over 64 bits.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        guard let height = Self.number(&rest), Self.number(&rest) != nil, Self.number(&rest) != nil else { return nil }
        self.height = height
        remainingCount = rest.count
    }

    private static func number(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
        var zigzag: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = bytes.popFirst(), shift < 63 || byte <= 1 else { return nil }
            zigzag |= UInt64(byte & 0x7F) << shift
            // An odd zigzag number is a negative one.
            if byte < 0x80 { return zigzag & 1 == 0 ? Int64(zigzag >> 1) : nil }
        }
        return nil
    }
}
