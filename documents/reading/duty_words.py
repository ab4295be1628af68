"""The words by which a duty is understood: who may be asked, and what asking and doing begin with.

Entries of a list are patterns, parted by semicolons; a space stands for any spaces, an underscore for exactly one.
"""


def any_of(entries):
    """A pattern for any of the entries, the longest first."""
    ordered = sorted((" ".join(entry.split()) for entry in entries.split(";")), key=len, reverse=True)
    return "(?:" + "|".join(entry.replace(" ", r"\s+").replace("_", r"\x20") for entry in ordered) + ")"


_HEADS = """
[Cc]ác; [Tt]oàn thể; [Mm]ỗi; [Tt]ừng; [Tt]ất cả(?: các)?; [Đđ]ồng chí; [Ll]ãnh đạo; [Tt]hủ trưởng; [Nn]gười đứng đầu;
[Tt]rưởng; [Cc]hánh; [Pp]hó; [Cc]hủ tịch; [Gg]iám đốc; [Hh]iệu trưởng; [Bb]í thư; [Cc]á nhân; [Cc]ấp ủy
"""
_UNITS = """
[Pp]hòng; [Vv]ăn phòng; [Đđ]ơn vị; [Cc]ơ quan; [Tt]hanh tra; [Tt]rung tâm; [Ss]ở; [Cc]hi cục; [Bb]an(?! hành); UBND;
HĐND; [UuỦủ][ỷyỶY]? ban; [Gg]iám đốc; [Bb]ộ phận; [Cc]ông đoàn; [Đđ]oàn(?! viên| thể| kết); [Đđ]oàn thể; [Tt]ổ(?! chức
| quốc); [Cc]ơ sở; [Tt]rường(?! hợp); [Hh]ội(?! nghị| thi| đồng); [Hh]ội đồng; [Cc]ông chức; [Vv]iên chức; [Cc]án bộ;
CBCC; CBCCVC; [Tt]rưởng; [Kk]ế toán; Báo(?! cáo); Đài; Cục; Vụ; Tổng cục; Viện; Bệnh viện; Liên đoàn; Tỉnh đoàn; Huyện
đoàn; Thành đoàn; [Cc]hi đoàn; Bưu điện; Công an; Kho bạc; Bảo hiểm; Ngân hàng; Mặt trận; Hạt; Bộ(?= ); [Đđ]ịa phương;
[Xx]ã; [Pp]hường; [Tt]hị trấn; [Tt]ập thể; [Đđ]ảng ủy; [Cc]hi bộ; [Cc]hủ tịch; [Hh]iệu trưởng; [Xx]óm; [Kk]hoa(?!
học); [Tt]rạm; [Tt]hôn; [Kk]hu phố; [Ấấ]p; Cổng [Tt]hông tin; [Đđ]ội; [Ll]ãnh đạo; [Cc]hánh; [Pp]hó(?= ); [Bb]í thư;
[Nn]hà văn h(?:óa|oá); [Nn]hà hát; [Nn]hà trường; [Tt]hư viện; [Bb]ảo tàng; [Đđ]iện lực; [Ll]iên minh; [Hh]ợp tác xã;
[Cc]ông ty; Tổng công ty; Quỹ(?= ); [Nn]hân viên; [Cc]ộng tác viên; [Bb]áo cáo viên; [Tt]uyên truyền viên; [Gg]iáo
viên; [Hh]ạt; Bộ [Cc]hỉ huy; Thuế; [Tt]òa án; [Tt]oà án; [Vv]iện kiểm sát; [Đđ]ồn; [Hh]ải quan; [Bb]ản(?= [A-ZĐ]);
[Ll]àng; [Bb]uôn; [Kk]hóm; [Nn]hóm; [Cc]ụm; [Kk]hối; [Bb]ộ môn; [Nn]gành; [Đđ]ồng chí; [Đđ]/c; (?:[Ôô]ng|[Bb]à)(?=
[A-ZĐ(]); [Tt]òa soạn; [Tt]hủ trưởng; [Vv]ăn thư; [Tt]hường trực; MTTQ; BHXH; (?:Tư pháp|Địa chính)(?= [-–] [A-ZĐ]|:);
(?:Tài chính|Văn h(?:óa|oá)|Lao động|Thống kê|Nông nghiệp)(?= [-–] [A-ZĐ]); [Cc]hủ nhiệm; [Tt]hành viên; [Cc]hỉ huy;
[Hh]iệp hội; [Cc]âu lạc bộ; [Ll]iên hiệp; Tập đoàn; Học viện; [Nn]hà xuất bản; [Dd]oanh nghiệp; [Cc]hi nhánh;
(?:Quận|Thị|Xã|Phường) đoàn; [Mm]ạng lưới; [Gg]ià làng; [Nn]hà máy; [Xx]í nghiệp; [Kk]iểm lâm; [Pp]hân xưởng; [Bb]ến
xe; [Hh]ộ (?:kinh doanh|gia đình); [Qq]uân sự; [Nn]gười (?:đứng đầu|phát ngôn|có uy tín|phụ trách); [Tt]ổ trưởng;
[Cc]ấp ủy; [Cc]ác (?:xã|phường|tổ chức|doanh nghiệp|hội|ngành|cấp)
"""
_VERBS = """
có (?:trách )?nhiệm(?: vụ)?; chịu trách nhiệm; căn cứ; xem xét; xây dựng; (?<!các_)(?<!số_)tổ chức; chủ trì; phối hợp;
tham mưu; thực hiện; triển khai; tiếp tục; định kỳ; theo dõi; tổng hợp; hướng dẫn; kiểm tra; đôn đốc; báo cáo; gửi;
phản ánh; chủ động; đăng; cân đối; bố trí; lồng ghép; quán triệt; phổ biến; đẩy mạnh; tăng cường; thường xuyên; lập;
đề xuất; cung cấp; cập nhật; phân công; là đầu mối; làm đầu mối; ban hành; nghiên cứu; rà soát; kịp thời; nghiêm túc;
cử; đưa; hoàn thành; nộp; khẩn trương; phải; được giao; trực tiếp; thẩm định; kiến nghị; gắn; chuẩn bị; duy trì; viết;
tuyên truyền; hằng; hàng; trước ngày; chậm nhất; giúp; tập trung; mở; là; đảm bảo; bảo đảm; phát động; vận động; hỗ
trợ; giám sát; khảo sát; biên soạn; biên tập; thiết kế; in ấn; phát hành; sản xuất; phát sóng; phát thanh; niêm yết;
công khai; (?<!phận_)tiếp nhận; giải quyết; xử lý; đánh giá; thống kê; vận hành; quyết định; phê duyệt; trình; thông
báo; báo(?= (?:về|cho|với|lên|ngay)\\b); (?<!Ban_)(?<!ban_)chỉ đạo; sử dụng; áp dụng; khai thác; bồi dưỡng; tập huấn;
mời; sưu tầm; truyền thông; động viên; khuyến khích; khen thưởng; biểu dương; chấp hành; tham gia; dành; ưu tiên; bám
sát; lựa chọn; xác định; phát huy; treo; (?<!ây_)dựng;
quan tâm; kết hợp; thành lập; nâng cao; đổi mới; tạo điều kiện; đầu tư;
liên hệ; sắp xếp; rút kinh nghiệm; cụ thể h(?:óa|oá); làm tốt; đề nghị; tích cực; nhắc nhở; quản lý(?=
(?:và|,|chặt|kinh|việc)); theo chức năng; tùy; trong quá trình; trong phạm vi; có kế hoạch; thông qua; trả lời; công
bố; xuất bản; in(?= ); chấm điểm; nêu cao; gương mẫu; hưởng ứng; chuyển(?= ); soạn(?: thảo)?; điều phối; liên kết;
ký(?: kết| ban hành| duyệt); tuyển chọn; ra mắt; tham dự; cam kết; bình xét; xét(?= ); nghiệm thu; giới thiệu; tôn
vinh; nhân rộng; thu thập; tiếp thu; giải trình; chấn chỉnh; phản biện; chia sẻ; kết nối; phân bổ; đối thoại; tiếp
xúc; trang trí; phân tích; tích hợp; số h(?:óa|oá); ứng dụng; nhắn tin; củng cố; kiện toàn; có (?:văn bản|công văn|tờ
trình|ý kiến|báo cáo); quay(?= ); dàn dựng; biểu diễn; trưng bày; cắm; dán(?= ); cấp phát; phát(?= ); sao gửi; sao
chụp; nhân bản; chuyển tải; truyền tải; lan t(?:ỏa|oả); hoàn thiện; sửa đổi; bổ sung; điều chỉnh; trao đổi; tự(?= );
lấy ý kiến; xin ý kiến; góp ý; tham gia ý kiến; ghi hình; dịch(?= ); tổng kết; sơ kết; đo lường; điều tra; tiến hành;
nắm(?= ); đảm nhận; đảm nhiệm; chăm lo; thu hút; huy động; phân loại; lưu trữ; bàn giao; thanh toán; quyết toán;
mua(?= ); lắp đặt; nâng cấp; khắc phục; cắt giảm; phấn đấu; không; sẽ; cần; nên; cùng; đồng thời; tiên phong; xúc
tiến; thúc đẩy; tư vấn; tham vấn; thẩm tra; kiểm soát; kiểm duyệt; duyệt(?= ); ủy quyền; quy định; dự toán; lập dự
toán; sinh hoạt; ghi nhận; (?<!ào_)(?<!áng_)tạo; mở rộng; khai trương; đề ra; nghe; làm việc; giữ;
chi(?= (?!đoàn|bộ|hội|cục|nhánh|ủy)); lấy làm;
cấp(?= ); gặp; hoạt động;
xác nhận; tra cứu; dự; truyền đạt; thi đua; công nhận; nêu(?= ); góp phần; kịp; luôn; chọn; đặt; thuê; đưa tin; bảo
quản; cài đặt; tải; quét; dùng; đọc; phụ trách; giải đáp; giải thích; nhập(?= ); sao lưu; lưu(?= ); chú trọng; coi
trọng; nhanh chóng; linh hoạt; nỗ lực; định hướng; họp(?= ); chốt; kê khai; phỏng vấn; chụp; sáng tác; vẽ; trang bị;
bảo trì; trình chiếu; chiếu; đồng hành; tiếp đón; trao(?= ); ghi; khen(?= ); phê bình; xử phạt; tạm ứng; mượn; tra
soát; luân chuyển; gỡ; tuần tra; học tập; cải tiến; rút ngắn; ký số; vào cuộc; tìm hiểu; trích(?= ); xúc tiến; cấp
kinh phí; xây dựng; giới thiệu; trả(?= ); thẩm duyệt; phối kết hợp; nhận(?= ); hợp đồng(?= ); vệ sinh; dọn; kẻ vẽ;
kẻ(?= ); phân phối; chấm(?= ); tuyên dương; sẵn sàng; bảo mật; kiểm đếm; hoàn chỉnh; chỉnh sửa; lên kế hoạch; xác
minh; thu(?= ); đi(?= ); cho(?= ); vừa; đều; cũng; tăng(?= ); giảm(?= ); làm(?= ); nhân(?= rộng| bản); đôn đốc;
sửa chữa; phản biện; hoàn tất; kết thúc; thống nhất; thỏa thuận; xếp loại; hiệu đính; thuyết trình; giải ngân; lắng
nghe; túc trực; quảng bá; bình chọn; tu sửa; bảo dưỡng; phúc đáp; đính chính; khuyến cáo; đẩy nhanh; đề cao; vận dụng
"""

_ADDRESSEES = """
[Vv]ăn phòng; [Pp]hòng(?! ngừa| chống| họp| cháy| bệnh| dịch|,); Sở; UBND; HĐND; [UỦ][ỷyỶY]? ban; [Hh]ội đồng;
(?:[Pp]hó )?[Gg]iám đốc; [Tt]ổng [Gg]iám đốc; [Ll]ãnh đạo; (?:[Pp]hó )?[Cc]hủ tịch; Ban(?! hành); [Tt]hanh tra; Bộ(?!
phận); [Bb]ộ phận; [Tt]rung tâm; Chính phủ; Thủ tướng; (?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy;
(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) uỷ; Đảng ủy; Cục; Tổng cục; Chi cục; [Tt]rưởng(?= [a-zđA-ZĐ]); Thường trực;
[Cc]hánh; [Hh]iệu trưởng; Trường; [Bb]í thư; Chi bộ; [Bb]an [Cc]hỉ đạo; [Tt]ổ(?= (?:[Cc]ông
tác|[Cc]huyên|[Gg]iúp|[Tt]hư ký|[Tt]ruyền|[Tt]uyên|trưởng)); [Cc]ơ quan; [Đđ]ơn vị; [Cc]ấp (?:trên|có|ủy); Công đoàn;
Đoàn; Hội(?! nghị| thi); Mặt trận; Liên đoàn; Tỉnh đoàn; Huyện đoàn; Thành đoàn; Công an; [Cc]ông chức; Kho bạc; Bảo
hiểm; BHXH; Viện; Bệnh viện; Trạm; Đài; Báo(?! cáo); Cổng; Khoa; [Kk]ế toán; [Tt]hủ trưởng; [Cc]ác
(?:[Pp]hòng|[Ss]ở|[Bb]an|bản|thôn|xóm|xã|phường|đơn vị|cơ quan|ngành|tổ|khoa|trường|địa phương|huyện|khu phố|ấp|chi
bộ|đoàn thể|hội); [Tt]hôn; [Đđ]ịa phương; [Nn]gười đứng đầu; (?:[Đđ]ồng chí|[Ôô]ng|[Bb]à)(?= [A-ZĐ])
"""
# What follows the addressee in the sentence and is no part of its name.
_OBJECTS = """
để; trước; chậm; muộn; định kỳ; theo; xem; kết quả; tổng hợp; trong; hằng; hàng; khi; vào; đúng; phê duyệt; duyệt; ban
hành; danh sách; tình hình; báo cáo; kế hoạch; dự toán; dự thảo; (?<!trách_)nội dung; thu âm;
những; việc; về; số liệu; hồ sơ;
(?<!ổng_)thông tin; quyết định; cho; thẩm định; thông qua; (?<!ăng_)ký; bằng; gửi; xin; chỉ đạo; giải quyết; tham mưu;
đồng thời; kịp thời; sau; đến; tại; lên; cùng; một; từ; mỗi; thường xuyên; tài liệu; biết; bố trí; cân đối; đăng(?:
tải| ký| phát)?; công bố; xử lý; hướng dẫn; tháo gỡ; điều chỉnh; bổ sung; xét; khen thưởng; biểu dương;
(?<![tT]hông_)tin; bài; nhu cầu; đề xuất; phương án; đề án; văn bản; ngay; cuối; đầu; quý; năm; tháng; ngày; tối
thiểu; ít nhất; qua(?= ); được(?! (?:kiểm tra|thanh tra|giám sát|đánh giá|giao)); không(?= ); tối đa; bảo đảm; đảm
bảo; thời hạn; hạn; trễ; mỗi; số; bản; đạt; hoàn thành; xong; kèm; lúc; các (?:giải pháp|biện pháp|nội dung|vấn đề|khó
khăn|tài liệu|kiến nghị|tin|bài|ý kiến|văn bản|trường hợp|báo cáo|sản phẩm|hồ sơ|đề xuất|nhiệm vụ|chuyên mục); thực
hiện; triển khai; quy chế; chương trình; biên bản; tờ trình; giấy mời; khó khăn; vướng mắc; (?<!được_)đánh giá;
(?<!được_)kiểm tra; theo dõi; phối hợp; ý kiến; chủ trương; trả lời; góp ý; là; nếu; phục vụ; làm; như; mà; có; và
tham mưu; tiến độ; sản phẩm; công văn; hai lần; nhằm; thay; mức; nguồn; kinh phí; phân công; lấy; tổ chức; \\d+; rà
soát; nghiên cứu; chuyên mục; tổng kết; sơ kết
"""

# Names that begin with what the unit does: "Công ty đầu tư hạ tầng", "Ban quản lý dự án".
_NEED_A_NAME = """
[Pp]hòng; [Bb]an; [Tt]rung tâm; [Cc]ông ty; [Tt]ổ; [Bb]ộ phận; [Hh]ội đồng; [Tt]rạm; [Qq]uỹ; [Đđ]ội; [Tt]iểu ban;
[Nn]hóm
"""
_IN_NAMES = """
đầu tư; phục vụ; tổ chức; quản lý; tiếp nhận; hỗ trợ; xúc tiến; kiểm soát; chỉ đạo; công tác; biên tập; truyền thông;
thanh tra; kiểm tra; phát hành; đào tạo; bảo vệ; giám sát; bồi dưỡng; tuyên truyền; ứng dụng; tư vấn; điều hành; giao
dịch; thông tin; xử lý; khai thác; thẩm định; bảo trì; vận hành; phát triển; cung ứng; giúp việc; đăng ký
"""
# What goes on with a list of addressees in small letters: "Thanh tra các huyện, thành phố".
TOGETHER = "(?:thành phố|thị xã|thị trấn|phường|xã|quận|huyện|ban|ngành|đoàn thể|phòng|cơ quan|tổ chức|đơn vị)"
QUALIFIERS = (
    "(?:các|thuộc|trực thuộc|liên quan|chuyên môn|nghiệp vụ|tỉnh|huyện|quận|xã|phường|thị trấn|thị xã|thành phố|cấp|"
    "của|sở|cơ quan|đơn vị|cơ sở|địa phương|thôn|ấp|bản|khu phố|tổ dân phố|toàn)"
)
_NO_UNITS = "CCHC|TTHC|CNTT|CĐS|PAR|SIPAS|PAPI|PCI|DDCI|DTI|ICT|QR|KPI|HTTP|KH|NQ|QĐ|NĐ|TT|DVC|DVCTT"

UNIT = rf"(?:{any_of(_HEADS)}\s+)*{any_of(_UNITS)}\b"
NAMED = (
    rf"(?:(?:[Ll]ãnh\s+đạo|[Tt]rưởng)\s+)?{any_of(_NEED_A_NAME)}\s+{any_of(_IN_NAMES)}\b|"
    rf"(?!(?:{_NO_UNITS})\b)[A-ZĐƯ]{{2,12}}\b(?=\s+[a-zđ])"
)
VERBS = any_of(_VERBS)
IN_NAMES, NEED_A_NAME = any_of(_IN_NAMES), any_of(_NEED_A_NAME)
ADDRESSEES = any_of(_ADDRESSEES)
OBJECTS = any_of(_OBJECTS)
ASK = r"(?:(?:[Gg]iao|[Đđ]ề\s+nghị|[Yy]êu\s+cầu|[Pp]hân\s+công)\s+(?:cho\s+)?)"
