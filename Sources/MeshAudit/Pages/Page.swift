/// One page of an LMDB 0.9 data file, in memory: a header of 16 bytes, the offsets of its nodes, room, and the nodes.
///
/// Header: page number (8 bytes), padding (2), flags (2), end of the offsets (2), begin of the nodes (2); on an
/// overflow page the last four are the count of pages. Numbers are in the machine's byte order, little-endian here.
struct Page {
    static let headerByteCount = 16
    static let branchFlag: UInt16 = 0x01
    static let leafFlag: UInt16 = 0x02
    static let overflowFlag: UInt16 = 0x04

    let bytes: UnsafeRawBufferPointer

    var number: UInt64 { load(0, as: UInt64.self) }
    var flags: UInt16 { load(10, as: UInt16.self) }
    var overflowCount: UInt32 { load(12, as: UInt32.self) }

    private var lower: Int { Int(load(12, as: UInt16.self)) }
    private var upper: Int { Int(load(14, as: UInt16.self)) }

    /// How many nodes a branch or leaf page has, or nil when its bounds make no sense.
    var nodeCount: Int? {
        guard lower >= Self.headerByteCount, lower % 2 == 0, upper >= lower, upper <= bytes.count else { return nil }
        return (lower - Self.headerByteCount) / 2
    }

    /// How many bytes all nodes must take together.
    var nodeByteCount: Int { bytes.count - upper }

    /// A node, or nil when it does not lie within the page. `index` must be below ``nodeCount``.
    func node(at index: Int) -> PageNode? {
        let offset = Int(load(Self.headerByteCount + 2 * index, as: UInt16.self))
        guard offset >= upper, offset % 2 == 0, offset + PageNode.headerByteCount <= bytes.count else { return nil }
        return PageNode(page: self, offset: offset)
    }

    func load<Value: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: Value.Type) -> Value {
        Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
    }
}

/// One node of a page: a header of 8 bytes, the key, and on a leaf the value or the number of its overflow page.
///
/// Header: size of the value (4 bytes), flags (2), size of the key (2). On a branch the first six bytes are the number
/// of the child page.
struct PageNode {
    static let headerByteCount = 8
    static let overflowFlag: UInt16 = 0x01
    static let tableFlag: UInt16 = 0x02

    let key: UnsafeRawBufferPointer
    let flags: UInt16
    /// The number of the child page, on a branch.
    let child: UInt64
    /// The size of the value, on a leaf.
    let valueByteCount: Int
    private let rest: UnsafeRawBufferPointer

    /// Nil when the key does not lie within the page.
    init?(page: Page, offset: Int) {
        let low = page.load(offset, as: UInt32.self)
        flags = page.load(offset + 4, as: UInt16.self)
        child = UInt64(low) | UInt64(flags) << 32
        valueByteCount = Int(low)
        let keyStart = offset + Self.headerByteCount
        let keyEnd = keyStart + Int(page.load(offset + 6, as: UInt16.self))
        guard keyEnd <= page.bytes.count else { return nil }
        key = UnsafeRawBufferPointer(rebasing: page.bytes[keyStart..<keyEnd])
        rest = UnsafeRawBufferPointer(rebasing: page.bytes[keyEnd...])
    }

    /// How many bytes a branch node takes in its page.
    var branchByteCount: Int { (Self.headerByteCount + key.count + 1) & ~1 }

    /// How many bytes a leaf node takes in its page.
    var leafByteCount: Int { (Self.headerByteCount + key.count + storedByteCount + 1) & ~1 }

    /// What stands behind the key on a leaf: the value, or the number of its first overflow page. Nil when it does not
    /// lie within the page.
    var stored: UnsafeRawBufferPointer? {
        guard storedByteCount <= rest.count else { return nil }
        return UnsafeRawBufferPointer(rebasing: rest[..<storedByteCount])
    }

    private var storedByteCount: Int { flags & Self.overflowFlag == 0 ? valueByteCount : 8 }
}

/// The description of a tree, in a header of the file or as the value of a named table: 48 bytes.
struct TreeDescription {
    static let byteCount = 48

    let flags: UInt16
    let depth: UInt16
    let branchPageCount: UInt64
    let leafPageCount: UInt64
    let overflowPageCount: UInt64
    let entryCount: UInt64
    /// The page of the root; all bits set for an empty tree.
    let root: UInt64

    /// Reads exactly 48 bytes.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount else { return nil }
        func load<Value: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: Value.Type) -> Value {
            Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
        }
        flags = load(4, as: UInt16.self)
        depth = load(6, as: UInt16.self)
        branchPageCount = load(8, as: UInt64.self)
        leafPageCount = load(16, as: UInt64.self)
        overflowPageCount = load(24, as: UInt64.self)
        entryCount = load(32, as: UInt64.self)
        root = load(40, as: UInt64.self)
    }
}
