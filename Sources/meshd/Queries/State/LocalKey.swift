import MeshHost
import ModuleKit
import Storage

/// The key of an entry within its collection, as people write it: in hexadecimal digits, or as a path.
///
/// Only keys of published collections are paths: others find their entries under these, as text.
struct LocalKey {
    let bytes: [UInt8]
    let collection: UInt8

    init(bytes: [UInt8], collection: UInt8) {
        self.bytes = bytes
        self.collection = collection
    }

    /// Reads a key. A text with a slash is a path, which no digits have.
    ///
    /// - Throws: `badInput`.
    init(_ text: String, in collection: UInt8, argument: String) throws(CommandError) {
        self.init(bytes: [], collection: collection)
        if text.contains("/") {
            guard isPublished else {
                throw CommandError(
                    .badInput,
                    "\(argument) is a path, and collection \(collection) is not published under paths: write the key in "
                        + "hexadecimal digits, as `meshd query state` shows it"
                )
            }
            self.init(bytes: Array(text.utf8), collection: collection)
            return
        }
        guard let bytes = Array(hexadecimal: text) else {
            throw CommandError(
                .badInput,
                "\(argument) takes pairs of hexadecimal digits\(isPublished ? " or a path" : ""), as `meshd query state` "
                    + "shows keys"
            )
        }
        self.init(bytes: bytes, collection: collection)
    }

    /// The key in the store, for an instance.
    ///
    /// - Throws: `badInput` when no entry can have it.
    func full(instance: UInt32) throws(CommandError) -> [UInt8] {
        do throws(StorageError) {
            return try Storage.StateKey.full(instance: instance, collection: collection, key: bytes)
        } catch {
            throw CommandError(.badInput, error.message, cause: error)
        }
    }

    /// Whether others find the entry under this key alone.
    var isPublished: Bool { PublishedCollections.numbers.contains(collection) }

    /// The path; nil for the key of a collection that is not published, and for one that is no text.
    var path: String? { isPublished ? bytes.readableText : nil }

    /// The key as it is shown.
    var text: String { path ?? bytes.hexText }
}
