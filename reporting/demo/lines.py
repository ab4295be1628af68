"""What the demo's units plan and write: invented, in the words such offices use."""

# area: (title, channel, audience, indicator, smallest and largest quantity, product, đồng in millions, has participants)
TASKS = {
    "leadership": (
        ("Quán triệt Kế hoạch cải cách hành chính và Kế hoạch tuyên truyền năm 2022 của Sở tại họp giao ban",
         "meeting", "officials", "meetings", 1, 3, "Biên bản họp", 0, True),
        ("Phổ biến mục tiêu nâng cao Chỉ số PAR INDEX, SIPAS đến toàn thể viên chức, người lao động",
         "training", "officials", "trainings", 1, 2, "Hội nghị", 3, True),
        ("Đăng văn bản chỉ đạo về cải cách hành chính trên trang thông tin điện tử",
         "website", "all", "articles", 3, 8, "Tin, bài", 0, False),
    ),
    "institutions": (
        ("Phổ biến văn bản quy phạm pháp luật mới về lao động, người có công và xã hội",
         "law-day", "officials", "trainings", 1, 3, "Buổi sinh hoạt", 0, True),
        ("Giới thiệu chính sách mới trên fanpage của đơn vị", "fanpage", "people", "posts", 4, 12, "Bài đăng", 0, False),
    ),
    "procedures": (
        ("Niêm yết và hướng dẫn thủ tục hành chính được chuẩn hóa", "panel", "people", "panels", 1, 4, "Bảng niêm yết", 2,
         False),
        ("Phát tờ gấp hướng dẫn nộp hồ sơ dịch vụ công trực tuyến", "leaflet", "people", "leaflets", 200, 600, "Tờ gấp", 4,
         False),
        ("Hướng dẫn người dân nộp hồ sơ qua Cổng dịch vụ công tỉnh qua Zalo", "zalo", "people-businesses", "posts", 4, 12,
         "Tin Zalo", 0, False),
    ),
    "apparatus": (
        ("Tuyên truyền kết quả sắp xếp, kiện toàn tổ chức bộ máy, vị trí việc làm", "website", "officials", "articles", 1, 3,
         "Tin, bài", 0, False),
    ),
    "civil-service": (
        ("Tuyên truyền kỷ luật, kỷ cương hành chính, văn hóa công sở", "meeting", "officials", "meetings", 2, 4,
         "Cuộc họp", 0, True),
        ("Tham gia hội thi tìm hiểu cải cách hành chính", "contest", "officials", "entries", 2, 10, "Bài dự thi", 2, True),
    ),
    "public-finance": (
        ("Công khai dự toán, quyết toán và quy chế chi tiêu nội bộ", "website", "officials", "articles", 1, 4, "Tin, bài", 0,
         False),
    ),
    "e-government": (
        ("Viết tin, bài về chuyển đổi số và dịch vụ công trực tuyến", "website", "people-businesses", "articles", 4, 10,
         "Tin, bài", 1, False),
        ("Tập huấn ký số, xử lý văn bản trên môi trường điện tử", "training", "officials", "trainings", 1, 2,
         "Lớp tập huấn", 5, True),
    ),
}  # fmt: skip

ABSENCE = "Đơn vị không được giao chức năng thuộc nội dung này; phối hợp khi Văn phòng Sở yêu cầu."
NOT_OURS = "Không thuộc chức năng, nhiệm vụ được giao; đơn vị phối hợp khi Văn phòng Sở yêu cầu."

HIGHLIGHTS = (
    "Đơn vị đã bám sát Kế hoạch của Sở, duy trì chuyên mục cải cách hành chính và phản hồi kịp thời câu hỏi của người dân.",
    "Số lượng hồ sơ nộp trực tuyến tăng sau đợt phát tờ gấp và hướng dẫn qua Zalo tại nơi tiếp nhận.",
    "Lồng ghép tuyên truyền trong họp giao ban hằng tuần, 100% viên chức nắm được mục tiêu nâng cao chỉ số SIPAS.",
    "Tin, bài được đăng đều đặn, có hình ảnh minh họa, lượt xem cao hơn kỳ trước.",
)
SHORTCOMINGS = (
    "Tin, bài còn ít, chủ yếu là đưa lại văn bản.",
    "Việc tuyên truyền đến người dân vùng xa còn hạn chế.",
    "Chưa có cộng tác viên chuyên trách viết tin, bài.",
    "",
)
CAUSES = (
    "Viên chức kiêm nhiệm nhiều việc, chưa được tập huấn kỹ năng viết tin.",
    "Kinh phí dành cho ấn phẩm tuyên truyền còn ít.",
    "Dịch bệnh những tháng đầu năm làm chậm các hoạt động tập trung đông người.",
    "",
)
# What a unit says of a caution, by the first part of its key (reporting.unit_reports.cautions).
EXPLANATIONS = {
    "figure": "Hoạt động tập trung vào đợt cao điểm nên số liệu giữa các kỳ không đều.",
    "money": "Chi thêm từ nguồn kinh phí thường xuyên của đơn vị.",
    "undone": "Trùng lịch công tác chuyên môn; đơn vị thực hiện trong kỳ sau.",
    "bare": "Ảnh và bài đăng lưu tại trang Zalo của đơn vị.",
    "alike": "Tình hình chưa thay đổi so với kỳ trước.",
}
DIFFICULTIES = (
    "Đường truyền tại nơi tiếp nhận chưa ổn định, ảnh hưởng việc hướng dẫn nộp hồ sơ trực tuyến.",
    "Một bộ phận người dân lớn tuổi chưa có tài khoản định danh điện tử.",
    "",
    "",
)
# Unit, when, what, its words, what the Office did (move, words).
RAISED = (
    (
        "ldvl", "2022-05-10T09:20", "Máy quét của bộ phận một cửa bị hỏng",
        "Từ ngày 09/5 không số hóa được hồ sơ; đề nghị Văn phòng Sở cho mượn máy trong thời gian sửa.",
        (("receive", ""), ("take", ""), ("resolve", "Văn phòng Sở cho mượn máy quét của Thanh tra Sở đến hết ngày 31/5.")),
    ),
    (
        "gdnn", "2022-11-21T14:05", "Chưa có kinh phí in tờ gấp hướng dẫn dịch vụ công trực tuyến",
        "Dự toán năm đã giao hết; đề nghị hướng dẫn nguồn chi.",
        (("receive", ""), ("ask_unit", "Đơn vị gửi dự toán chi tiết: số lượng tờ, đơn giá, thời gian in.")),
    ),
    (
        "btxh", "2022-12-07T10:40", "Một số người cao tuổi chưa có tài khoản định danh điện tử",
        "Đề nghị phối hợp Công an phường đến hướng dẫn tại nơi chi trả trợ cấp.", (),
    ),
)  # fmt: skip
PROPOSALS = (
    "Đề nghị Văn phòng Sở tổ chức tập huấn kỹ năng viết tin, bài cho cộng tác viên các đơn vị.",
    "Đề nghị Sở hỗ trợ thiết kế mẫu tờ gấp dùng chung.",
    "",
    "",
)
NEXT_STEPS = (
    "Tiếp tục đăng tin, bài hằng tuần; hoàn thành các nhiệm vụ đến hạn theo kế hoạch.",
    "Tổ chức buổi sinh hoạt Ngày Pháp luật gắn với cải cách hành chính; phát tờ gấp tại bộ phận một cửa.",
    "Rà soát, cập nhật bảng niêm yết thủ tục hành chính; tăng cường hướng dẫn qua Zalo.",
)
AREA_TEXTS = {
    "leadership": "Đã quán triệt các văn bản chỉ đạo về cải cách hành chính đến toàn thể công chức, viên chức.",
    "institutions": "Đã giới thiệu kịp thời các văn bản mới có hiệu lực trong kỳ.",
    "procedures": "Đã niêm yết đầy đủ thủ tục hành chính, hướng dẫn người dân nộp hồ sơ trực tuyến và qua bưu chính công ích.",
    "apparatus": "Đã thông tin về kết quả rà soát vị trí việc làm của đơn vị.",
    "civil-service": "Đã nhắc nhở việc chấp hành giờ giấc, thái độ phục vụ, văn hóa giao tiếp nơi công sở.",
    "public-finance": "Đã công khai dự toán và tình hình sử dụng kinh phí theo quy định.",
    "e-government": "Đã tuyên truyền về chuyển đổi số, ký số và xử lý hồ sơ công việc trên môi trường điện tử.",
}
AREA_SHORTCOMINGS = {
    "leadership": "Việc quán triệt ở bộ phận làm việc lưu động còn chậm.",
    "institutions": "Chưa có nhiều tin, bài giải thích quy định mới.",
    "procedures": "Người dân còn ít nộp hồ sơ trực tuyến toàn trình.",
    "apparatus": "Thông tin về vị trí việc làm chưa được cập nhật kịp thời.",
    "civil-service": "Việc nhắc nhở giờ giấc làm việc chưa thường xuyên.",
    "public-finance": "Nội dung công khai kinh phí còn ngắn, khó hiểu với người đọc.",
    "e-government": "Một số viên chức chưa thành thạo ký số.",
}
RETURN_REASON = "Nội dung cải cách thủ tục hành chính chưa có số lượng cụ thể; đề nghị bổ sung số lượng, thời gian và người phụ trách."

PURPOSE = "Nâng cao nhận thức của viên chức và người dân về cải cách hành chính; góp phần hoàn thành chỉ tiêu của Sở."
ORGANISATION = "Lãnh đạo đơn vị phân công cụ thể từng nhiệm vụ; báo cáo Văn phòng Sở định kỳ hằng quý."
ASSESSMENT = "Các đơn vị cơ bản thực hiện nghiêm túc kế hoạch; cần khắc phục việc chậm báo cáo ở một số đơn vị."
UNPLANNED = (
    "Đăng bài hướng dẫn nộp hồ sơ trực tuyến trên Zalo của đơn vị",
    "Chia sẻ bài viết về cải cách hành chính của Sở trên Zalo",
    "Giới thiệu số điện thoại, đường dây nóng tiếp nhận phản ánh, kiến nghị trên Zalo",
)
