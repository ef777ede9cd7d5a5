import Foundation

/// A JSON document as Foundation reads it, so that the program's own writer is checked by another reader.
struct JSON {
    private let value: Any?

    init(_ text: String) throws {
        value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    private init(_ value: Any?) { self.value = value }

    subscript(name: String) -> JSON { JSON((value as? [String: Any])?[name]) }
    subscript(index: Int) -> JSON { elements.indices.contains(index) ? elements[index] : JSON(nil as Any?) }

    var elements: [JSON] { (value as? [Any] ?? []).map { JSON($0) } }
    var text: String { value as? String ?? "" }
    var number: Int? { (value as? NSNumber)?.intValue }
    var flag: Bool? { (value as? NSNumber)?.boolValue }
    var isNull: Bool { value is NSNull }
}
