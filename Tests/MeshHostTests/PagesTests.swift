import MeshHost
import ModuleKit
import Testing

/// Lists of which a page is told at a time.
@Suite("Pages")
struct PagesTests {
    /// Two names a page, and where the next one starts.
    private static func page(of names: [String], from start: String) -> (entries: [String], next: String) {
        let rest = names.drop { $0 < start }
        return (Array(rest.prefix(2)), rest.dropFirst(2).first ?? "")
    }

    @Test("A list is whole, however its last page is filled", arguments: 0...5)
    func whole(count: Int) {
        let names = Array(["a", "b", "c", "d", "e"].prefix(count))
        #expect(Pages.all { Self.page(of: names, from: $0) } == names)
        let numbers = Pages.all(from: 0) { (start) -> (entries: [Int], next: Int?) in
            (Array((start..<count).prefix(2)), start + 2 < count ? start + 2 : nil)
        }
        #expect(numbers == Array(0..<count))
    }

    @Test("No page is read beyond what is wanted, and no entry told")
    func limited() {
        let names = ["a", "b", "c", "d", "e"]
        let starts = [
            (1, [""]), (2, [""]), (3, ["", "c"]), (4, ["", "c"]), (5, ["", "c", "e"]), (9, ["", "c", "e"]),
        ]
        for (limit, expected) in starts {
            var read: [String] = []
            let found = Pages.all(limit: limit) { (start: String) in
                read.append(start)
                return Self.page(of: names, from: start)
            }
            #expect(found == Array(names.prefix(limit)))
            #expect(read == expected, "\(limit)")
        }
    }

    @Test("What a page throws is thrown as it is")
    func failures() {
        let refusal = ModuleError(.notFound, "no second page")
        #expect(throws: refusal) {
            try Pages.all(from: 0) { (start) throws(ModuleError) -> (entries: [Int], next: Int?) in
                guard start == 0 else { throw refusal }
                return ([0], 1)
            }
        }
    }
}
